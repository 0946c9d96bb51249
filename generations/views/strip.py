"""The strip of photos that are there to be drawn."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from generations.access import photos_of
from generations.models import Asset, JobInput

MOST_SHOWN = 24


def photos_in_strip(request: HttpRequest) -> list[Asset]:
    """The caller's newest photos; `is_drawn` says whether a page was asked for already."""
    asked = JobInput.objects.filter(Q(asset=OuterRef("pk")) | Q(asset__source=OuterRef("pk")))
    photos = photos_of(request).originals().filter(expires_at__gt=timezone.now())
    shown = photos.select_related("framed_as").annotate(is_drawn=Exists(asked)).order_by("-created_at", "pk")
    return list(shown[:MOST_SHOWN])
