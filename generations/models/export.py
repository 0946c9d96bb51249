"""Somebody's wish for a file that takes a while: everything of theirs, a book or several pictures on paper, the
pictures of a set; and what it became."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User
    from generations.models.job import Job


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, user: "User") -> "Export | None":
        """The archive of everything."""
        return self.select_related("asset").filter(user=user, kind=Export.Kind.EVERYTHING).first()

    def of_book(self, job: "Job") -> "Export | None":
        """The newest PDF of a book."""
        return self.newest_of(job, Export.Kind.BOOK)

    def newest_of(self, job: "Job", kind: str) -> "Export | None":
        return self.select_related("asset").filter(job=job, kind=kind).order_by("-asked_at").first()

    def of_pictures(self, user: "User") -> "Export | None":
        """The newest PDF of several pictures."""
        several = self.select_related("asset").filter(user=user, kind=Export.Kind.PICTURES)
        return several.order_by("-asked_at").first()

    def unfinished(self) -> Self:
        return self.filter(asset=None)

    def in_hand(self, *, at: datetime) -> Self:
        """Being built by a worker that is alive."""
        return self.filter(lease_until__gt=at, asset=None)

    def due(self, *, at: datetime) -> Self:
        """Asked for, and in nobody's hands."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=at), asset=None, failed_at=None)


class Export(models.Model):
    """Everything once a user, a book and the pictures of a set once at a time, several pictures once a user at a time. The
    file is an asset like any other; the row goes with it when its time is over."""

    MOST_TRIES = 3

    class Kind(models.TextChoices):
        EVERYTHING = "everything"
        BOOK = "book"
        PICTURES = "pictures"
        SLIDES = "slides"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(
        max_length=12, choices=Kind.choices, default=Kind.EVERYTHING, db_default=Kind.EVERYTHING.value
    )
    job = models.ForeignKey("generations.Job", null=True, on_delete=models.CASCADE, related_name="exports")
    wishes = models.JSONField(
        default=dict, db_default={}
    )  # of a book: BookWishes; of pictures: SeveralWishes
    promised = models.UUIDField(null=True)  # the id that its asset will have
    asset = models.OneToOneField(
        "generations.Asset", null=True, on_delete=models.CASCADE, related_name="export"
    )
    percent = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(
        default=0
    )  # the fence as well: a builder with an old number is late
    asked_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(kind="everything"), name="export_everything_once_a_user"
            ),
            models.UniqueConstraint(
                fields=["job", "kind"],
                condition=Q(kind__in=("book", "slides"), asset=None),
                name="export_one_of_a_kind_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(kind="pictures", asset=None),
                name="export_pictures_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("book", "slides"), job__isnull=False)
                | Q(kind__in=("everything", "pictures"), job=None),
                name="export_kind_fits_job",
            ),
        )

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def is_building(self) -> bool:
        return self.asset_id is None and self.failed_at is None
