"""A picture to be drawn: the unit of claim, lease, fence, attempts, charge and refund."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.states import ENDED, LEASED, LIVE, RenderError, RenderStatus

if TYPE_CHECKING:
    from accounts.models import User


class RenderQuerySet(models.QuerySet["Render"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(job__user=user)

    def family_of(self, root: "Render") -> Self:
        """The picture that others began with, all its versions, and those of its edits."""
        own = Q(job=root.job_id, position=root.position)
        return self.filter(own | Q(job__root=root))

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def delivered(self) -> Self:
        return self.filter(status=RenderStatus.DELIVERED)

    def claimable(self, *, at: datetime) -> Self:
        """Due and in nobody's hands."""
        return self.filter(status=RenderStatus.QUEUED, not_before__lte=at)

    def to_look_after(self, *, at: datetime) -> Self:
        """Being drawn elsewhere, and due for a look."""
        return self.filter(status=RenderStatus.WAITING, next_poll_at__lte=at)

    def waiting_as(self, render: "Render") -> Self:
        """The row while its newest claim waits at a provider."""
        return self.filter(pk=render.pk, claim_no=render.claim_no, status=RenderStatus.WAITING)

    def lease_over(self, *, at: datetime) -> Self:
        """Held by a worker that has stopped renewing its lease."""
        return self.filter(status__in=LEASED, lease_until__lt=at)

    def past_deadline(self, *, at: datetime) -> Self:
        return self.filter(status__in=LIVE, deadline__lt=at)

    def never_started(self, *, before: datetime) -> Self:
        return self.filter(status=RenderStatus.QUEUED, claim_no=0, job__scheduled_at__lt=before)

    def held_as(self, render: "Render") -> Self:
        """The row as long as this worker's claim is the newest one: the fence of every later write."""
        return self.filter(pk=render.pk, claim_no=render.claim_no, status__in=LEASED)

    def failed_as(self, render: "Render") -> Self:
        """The row when it was failed and refunded while this newest claim was still at work: a late present."""
        return self.filter(pk=render.pk, claim_no=render.claim_no, status=RenderStatus.FAILED)


class Render(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey("generations.Job", on_delete=models.CASCADE, related_name="renders")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="versions")
    params = models.JSONField(default=dict)
    prompt = models.CharField(max_length=800, blank=True)
    title = models.CharField(max_length=120, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=RenderStatus.choices, default=RenderStatus.QUEUED)
    priority = models.PositiveSmallIntegerField(default=1)
    price = models.PositiveSmallIntegerField(default=1)  # credits
    claim_no = models.PositiveIntegerField(default=0)  # the fence: a write with an old number changes nothing
    lost_claims = models.PositiveSmallIntegerField(default=0)  # claims that ended without any outcome
    # Staff may zero the tries: attempts up to this one count no more. (db_default: for programs of the version before.)
    tries_from = models.PositiveSmallIntegerField(default=0, db_default=0)
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)  # the worker group that made the newest claim
    not_before = models.DateTimeField(default=timezone.now)
    next_poll_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # when we last asked the provider
    deadline = models.DateTimeField(null=True)
    verdict = models.JSONField(default=dict)
    error_code = models.CharField(max_length=24, choices=RenderError.choices, blank=True)
    kept = models.BooleanField(
        default=False, db_default=False
    )  # its owner has stopped the countdown of its files
    is_present = models.BooleanField(default=False)  # delivered, and its credit given back
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RenderQuerySet.as_manager()

    class Meta:
        ordering = ("position", "version")
        constraints = (
            models.UniqueConstraint(fields=["job", "position", "version"], name="render_position_unique"),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_at=None)),
                name="render_end_facts_agree",
            ),
            models.CheckConstraint(
                condition=(Q(status=RenderStatus.FAILED) & ~Q(error_code=""))
                | (~Q(status=RenderStatus.FAILED) & Q(error_code="")),
                name="render_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status__in=LEASED, lease_until__isnull=False)
                | (~Q(status__in=LEASED) & Q(lease_until=None)),
                name="render_lease_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(status=RenderStatus.WAITING, next_poll_at__isnull=False)
                | (~Q(status=RenderStatus.WAITING) & Q(next_poll_at=None)),
                name="render_look_fits_status",
            ),
        )
        indexes = (
            models.Index(fields=["status", "-priority", "not_before"], name="render_due"),
            models.Index(fields=["lease_until"], name="render_lease_until"),
            models.Index(fields=["next_poll_at"], name="render_next_poll_at"),
            models.Index(fields=["-ended_at"], name="render_newest_ended"),
        )

    def __str__(self) -> str:
        return f"render {self.id}"

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

    @property
    def is_delivered(self) -> bool:
        return self.status == RenderStatus.DELIVERED

    @property
    def root(self) -> "Render":
        """The picture that this one and all its other versions began with."""
        if self.job.root is not None:
            return self.job.root
        return self.job.renders.filter(position=self.position).order_by("version")[0]

    @property
    def seconds(self) -> float | None:
        """From the first claim to the end."""
        if self.started_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()
