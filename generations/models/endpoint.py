"""Addresses of programs that want to be told, and what is on its way to them."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class WebhookEndpoint(models.Model):
    """An address that is told when a job of its owner ends. `secret` signs; only the answer to its making shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)  # it has said that it wants no more (410)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"webhook endpoint {self.id}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, at: datetime) -> Self:
        return self.filter(outcome=Delivery.Outcome.PENDING, not_before__lte=at)

    def held_as(self, delivery: "Delivery") -> Self:
        """The row as long as nobody has tried it anew."""
        return self.filter(pk=delivery.pk, tries=delivery.tries, outcome=Delivery.Outcome.PENDING)


class Delivery(models.Model):
    """One message to one address. Its id is the message's own, the same each time it is sent."""

    class Outcome(models.TextChoices):
        PENDING = "pending"
        DELIVERED = "delivered"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    payload = models.JSONField()  # names and words of nobody: kind, id, mode and status
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    last_status = models.PositiveSmallIntegerField(null=True)  # of HTTP; None when there was no answer
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name_plural = "deliveries"
        constraints = (
            models.CheckConstraint(
                condition=(Q(outcome="pending") & Q(ended_at=None))
                | (~Q(outcome="pending") & Q(ended_at__isnull=False)),
                name="delivery_end_facts_agree",
            ),
        )
        indexes = (
            models.Index(fields=["not_before"], condition=Q(outcome="pending"), name="delivery_due"),
            models.Index(fields=["created_at"], name="delivery_created_at"),
        )

    def __str__(self) -> str:
        return f"delivery {self.id}"
