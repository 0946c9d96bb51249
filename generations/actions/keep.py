"""Stops and starts the countdown of a picture."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generations.models import Render


@transaction.atomic
def keep(*, render: Render, is_kept: bool) -> None:
    """All files of the render stay until they are deleted by hand, or their countdown starts anew. Never the photo."""
    changed = Render.objects.delivered().filter(pk=render.pk, kept=not is_kept).update(kept=is_kept)
    if changed and not is_kept:
        render.assets.update(expires_at=timezone.now() + settings.RETENTION["picture"])
    render.kept = is_kept
