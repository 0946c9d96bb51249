"""What providers have told us."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from generations.models.attempt import Attempt


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    def open(self) -> Self:
        return self.filter(processed_at=None)

    def of(self, attempt: Attempt) -> Self:
        return self.filter(attempt=attempt)

    def to_heed(self) -> Self:
        """About calls that are over as far as we know: a late picture, or one that we never heard we had asked for."""
        return self.open().exclude(attempt__outcome=Attempt.Outcome.RUNNING)


class WebhookEvent(models.Model):
    """One signed message, whatever was in it: it says that a prediction has ended, and we look for ourselves.

    Its provider sends it again and again until it is answered; the database takes it once.
    """

    provider = models.CharField(max_length=24)
    event_id = models.CharField(max_length=120)
    attempt = models.ForeignKey(
        "generations.Attempt", on_delete=models.CASCADE, related_name="webhook_events"
    )
    external_id = models.CharField(max_length=80)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)
    processed_at = models.DateTimeField(null=True)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once"),)
        indexes = (
            models.Index(
                fields=["received_at"], condition=models.Q(processed_at=None), name="webhook_event_open"
            ),
        )

    def __str__(self) -> str:
        return f"webhook event {self.pk}"

    def process(self, *, at: datetime) -> bool:
        """True for exactly one caller."""
        return bool(WebhookEvent.objects.open().filter(pk=self.pk).update(processed_at=at))
