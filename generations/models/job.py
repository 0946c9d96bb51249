"""A request for pictures."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.states import JOB_ENDED, JobStatus, Stage

if TYPE_CHECKING:
    from accounts.models import User
    from generations.models.render import Render


def lowest_free(taken: Iterable[int | None]) -> int:
    """The lowest slot, counted from 1, that is not taken."""
    held = set(taken)
    return next(slot for slot in count(1) if slot not in held)


class JobQuerySet(models.QuerySet["Job"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(user=user)

    def in_flight(self) -> Self:
        """Jobs that hold one of their user's slots."""
        return self.exclude(slot=None)

    def live(self) -> Self:
        return self.exclude(status__in=JOB_ENDED)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-id")

    def edits_of(self, root: "Render | None") -> Self:
        """Edits of a picture and of its versions that did not fail."""
        lost = (JobStatus.FAILED, JobStatus.CANCELED)
        return self.filter(root=root, mode="edit").exclude(status__in=lost) if root else self.none()

    def with_edits(self, job: "Job") -> Self:
        """The job, and every edit of one of its pictures, and what was drawn again."""
        return self.filter(Q(pk=job.pk) | Q(root__job=job))

    def to_mail_about(self, *, at: datetime) -> Self:
        """Those that have ended, and whose owner waits for a mail."""
        return self.filter(email_due_at__lte=at)

    def due_without_slot(self, *, at: datetime) -> Self:
        return self.filter(slot=None, status=JobStatus.QUEUED, scheduled_at__lte=at, slot_given_back=False)


class Job(models.Model):
    """One request; it draws one or more renders. Its status follows from theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    mode = models.CharField(max_length=16)
    params = models.JSONField(default=dict)
    prompt = models.CharField(max_length=800, blank=True)
    inputs = models.ManyToManyField("generations.Asset", through="generations.JobInput", related_name="jobs")
    parent = models.ForeignKey(
        "generations.Render", null=True, on_delete=models.SET_NULL, related_name="edits"
    )
    # What somebody typed for a book.
    title = models.CharField(max_length=120, blank=True, default="", db_default="")
    child_name = models.CharField(max_length=80, blank=True, default="", db_default="")
    # The words at the end of a set, from its plan.
    final_caption = models.CharField(max_length=300, blank=True, default="", db_default="")
    page_order = models.JSONField(
        default=list, db_default=[]
    )  # positions of a book; empty: as the photos came
    root = models.ForeignKey(  # of an edit or of what was drawn again: the picture that all its versions began with
        "generations.Render", null=True, on_delete=models.SET_NULL, related_name="tree"
    )
    plan = (
        models.ForeignKey(  # of a set of pages: what they show; it goes when nobody's pages need it any more
            "generations.Plan", null=True, on_delete=models.SET_NULL, related_name="jobs"
        )
    )
    retry_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="retries")
    priority = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    faces = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # on its photos, also when they are deleted
    shows_photo = models.BooleanField(
        default=False, db_default=False
    )  # asked for with photos, also when they are deleted
    slot = models.PositiveSmallIntegerField(null=True)
    slot_given_back = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=JobStatus.choices, default=JobStatus.QUEUED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.QUEUED)
    cancel_requested = models.BooleanField(default=False)
    idempotency_key = models.CharField(max_length=100, blank=True)
    request_hash = models.CharField(max_length=64, blank=True)
    email_when_ready = models.BooleanField(default=False, db_default=False)  # its owner has asked for a mail
    email_due_at = models.DateTimeField(null=True)  # ended, and the mail not yet in anybody's hands
    created_at = models.DateTimeField(default=timezone.now)
    scheduled_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "slot"], condition=Q(slot__isnull=False), name="job_one_a_slot"
            ),
            models.UniqueConstraint(
                fields=["user", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="job_idempotency_key_unique",
            ),
            models.CheckConstraint(
                condition=Q(status__in=JOB_ENDED, finished_at__isnull=False, slot=None)
                | (~Q(status__in=JOB_ENDED) & Q(finished_at=None)),
                name="job_end_facts_agree",
            ),
            models.CheckConstraint(condition=Q(priority__range=(1, 10)), name="job_priority_1_to_10"),
            models.CheckConstraint(condition=Q(progress_percent__lte=100), name="job_progress_at_most_100"),
        )
        indexes = (
            models.Index(fields=["user", "-created_at"], name="job_user_newest"),
            models.Index(fields=["scheduled_at"], name="job_scheduled_at"),
            models.Index(
                fields=["email_due_at"], condition=Q(email_due_at__isnull=False), name="job_email_due"
            ),
        )

    def __str__(self) -> str:
        return f"{self.mode} job {self.id}"

    @property
    def has_ended(self) -> bool:
        return self.status in JOB_ENDED


class JobInput(models.Model):
    """A photo of a job, in order."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="job_inputs")
    asset = models.ForeignKey("generations.Asset", on_delete=models.CASCADE, related_name="job_inputs")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["job", "position"], name="input_position_unique"),)

    def __str__(self) -> str:
        return f"input {self.position} of {self.job_id}"
