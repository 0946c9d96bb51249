"""What the pages of a set shall show, thought out before any of them is drawn."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.states import RenderError

if TYPE_CHECKING:
    from accounts.models import User

LEAST_SLIDES, MOST_SLIDES = 2, 10  # as of generations/modes/carousel.py


class PlanState(models.TextChoices):
    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class PlanQuerySet(models.QuerySet["Plan"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(user=user)

    def due(self, *, at: datetime) -> Self:
        """Asked for, and in nobody's hands."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=at), state=PlanState.QUEUED)


class Plan(models.Model):
    """Made for its own sake, or as the first stage of a job. `result` is a CarouselPlan as a dict, once it is ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plans")
    topic = models.CharField(max_length=800)
    audience = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    key_points = models.CharField(max_length=500, blank=True)
    slides = models.PositiveSmallIntegerField()
    finish = models.CharField(max_length=12)
    language = models.CharField(max_length=12, blank=True)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.QUEUED)
    error_code = models.CharField(max_length=24, choices=RenderError.choices, blank=True)
    planner = models.CharField(max_length=24, blank=True)  # who thought it out
    tries = models.PositiveSmallIntegerField(default=0)  # the fence as well, as of an export
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(slides__range=(LEAST_SLIDES, MOST_SLIDES)), name="plan_2_to_10_slides"
            ),
            models.CheckConstraint(
                condition=(Q(state=PlanState.FAILED) & ~Q(error_code=""))
                | (~Q(state=PlanState.FAILED) & Q(error_code="")),
                name="plan_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.QUEUED) | Q(lease_until=None), name="plan_lease_while_queued"
            ),
        )
        indexes = (models.Index(fields=["state", "created_at"], name="plan_state_oldest"),)

    def __str__(self) -> str:
        return f"plan {self.id}"

    @property
    def is_ready(self) -> bool:
        return self.state == PlanState.READY

    @property
    def is_being_made(self) -> bool:
        return self.state == PlanState.QUEUED
