"""One call of a provider, written before the call, so that a crash counts."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from generations.models.render import Render


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def counted(self, render: "Render") -> Self:
        """The attempts that count against the limits: those since staff last asked for new ones, as the row says now."""
        return self.filter(render=render, number__gt=F("render__tries_from"))

    def drawn(self) -> Self:
        """Those that brought a picture, the newest first."""
        return self.filter(outcome=Attempt.Outcome.DRAWN).order_by("-number")

    def under_way(self) -> Self:
        """Calls whose answer comes later, and has not come."""
        return self.filter(outcome=Attempt.Outcome.RUNNING).exclude(external_id="")


class Attempt(models.Model):
    class Kind(models.TextChoices):
        DRAW = "draw"
        PLAN = "plan"
        TITLE = "title"

    class Outcome(models.TextChoices):
        RUNNING = "running"
        DRAWN = "drawn"
        TRANSIENT = "transient"
        PERMANENT = "permanent"
        REJECTED = "rejected"
        NOT_COLOURABLE = "uncolourable"
        LOST = "lost"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    render = models.ForeignKey(
        "generations.Render", null=True, on_delete=models.CASCADE, related_name="attempts"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DRAW)
    number = models.PositiveSmallIntegerField()
    claim_no = models.PositiveIntegerField()
    provider = models.CharField(max_length=24)
    model = models.CharField(max_length=80, blank=True)
    prompt_version = models.CharField(max_length=24, blank=True)
    prompt = models.TextField(
        blank=True, db_default=""
    )  # what a model was told, with the words that were typed
    reference = (
        models.ForeignKey(  # the photo or the other page that was shown with it, so that a character stays
            "generations.Asset", null=True, on_delete=models.SET_NULL, related_name="+"
        )
    )
    external_id = models.CharField(max_length=80, blank=True)
    cost_micro_usd = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.RUNNING)
    error_code = models.CharField(max_length=24, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("started_at",)
        constraints = (
            models.UniqueConstraint(fields=["render", "number"], name="attempt_number_unique"),
            models.UniqueConstraint(
                fields=["provider", "external_id"],
                condition=~Q(external_id=""),
                name="attempt_external_id_unique",
            ),
        )
        indexes = (models.Index(fields=["started_at"], name="attempt_started_at"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number} by {self.provider}"
