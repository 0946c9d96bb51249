"""Asks for everything that is somebody's, as one archive."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from generations.models import Export
from generations.queue import BUILD_EXPORT, publish


@transaction.atomic
def ask_for_export(*, user: User) -> Export:
    """The user's one export: a new one, or the one that is being built or ready. A failed one is tried anew."""
    export, is_new = Export.objects.get_or_create(user=user)
    now = timezone.now()
    anew = {"tries": 0, "percent": 0, "failed_at": None, "asked_at": now, "published_at": now}
    failed = Export.objects.filter(pk=export.pk, failed_at__isnull=False)
    if is_new or failed.update(**anew):
        publish(BUILD_EXPORT)
    export.refresh_from_db()
    return export
