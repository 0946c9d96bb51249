"""Pictures that everybody may see."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from generations.models.asset import Asset
from generations.states import RenderStatus


class CommunityPictureQuerySet(models.QuerySet["CommunityPicture"]):
    def public(self, *, at: datetime) -> Self:
        """Chosen by staff, and at this moment still allowed, delivered and kept, of somebody who may sign in."""
        files = Asset.objects.filter(render=OuterRef("render"), kind=Asset.Kind.PREVIEW)
        kept = Q(expires_at__gt=at) | Q(render__kept=True)
        own = {"render__status": RenderStatus.DELIVERED, "render__job__user__is_active": True}
        return self.filter(Exists(files.filter(kept)), shown_at__lte=at, **own)


class CommunityPicture(models.Model):
    """A picture whose owner lets everybody see it; without that there is no row. Staff show it, or not yet."""

    render = models.OneToOneField(
        "generations.Render", primary_key=True, on_delete=models.CASCADE, related_name="community"
    )
    offered_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True)

    objects = CommunityPictureQuerySet.as_manager()

    class Meta:
        ordering = ("-offered_at",)
        indexes = (models.Index(fields=["-shown_at", "-render"], name="community_newest"),)

    def __str__(self) -> str:
        return f"offered {self.pk}"
