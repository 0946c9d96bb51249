"""Somebody's wish to take everything along, and the archive it became."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, user: "User") -> "Export | None":
        return self.select_related("asset").filter(user=user).first()

    def in_hand(self, *, at: datetime) -> Self:
        """Being built by a worker that is alive."""
        return self.filter(lease_until__gt=at, asset=None)

    def due(self, *, at: datetime) -> Self:
        """Asked for, and in nobody's hands."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=at), asset=None, failed_at=None)


class Export(models.Model):
    """One a user. Its archive is an asset like any other; the row goes with it when its time is over."""

    MOST_TRIES = 3

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export")
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

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def is_building(self) -> bool:
        return self.asset_id is None and self.failed_at is None
