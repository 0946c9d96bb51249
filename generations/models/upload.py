"""A photo on its way: asked for, sent straight to the store, and not an asset before it was looked at."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.models.owned import OwnedQuerySet, has_one_owner


class UploadQuerySet(OwnedQuerySet["Upload"]):
    def pending(self) -> Self:
        """Neither taken nor refused so far."""
        return self.filter(asset=None, refusal="")

    def open(self, *, at: datetime) -> Self:
        """Pending, and still in time."""
        return self.pending().filter(expires_at__gt=at)

    def expired(self, *, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class Upload(models.Model):
    """A place in the store that takes one photo for a few minutes. Ends once: with an asset, or with a refusal.

    Stays after its end until it expires, so that asking again gives the same answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    anonymous_key = models.CharField(max_length=64, blank=True, db_index=True)
    storage_key = models.CharField(max_length=160, unique=True)
    content_type = models.CharField(max_length=40)
    # What the limits counted when it was asked for; given back when nothing new came of it.
    usage = models.ForeignKey("credits.UsageEvent", null=True, on_delete=models.SET_NULL, related_name="+")
    asset = models.ForeignKey(
        "generations.Asset", null=True, on_delete=models.CASCADE, related_name="uploads"
    )
    was_known = models.BooleanField(default=False)
    refusal = models.CharField(max_length=20, blank=True)  # a reason of PhotoError
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = (
            has_one_owner("upload_has_one_owner"),
            models.CheckConstraint(condition=Q(asset=None) | Q(refusal=""), name="upload_ends_one_way"),
        )

    def __str__(self) -> str:
        return f"upload {self.id}"

    @property
    def has_ended(self) -> bool:
        return bool(self.asset_id or self.refusal)
