"""The life of one export: claimed, built beside the memory, stored, ready for a day; or tried again, or failed kindly."""

import hashlib
import logging
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BufferedRandom
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation

from accounts.models import User
from generations import storage
from generations.export.products import PRODUCTS
from generations.models import Asset, Export, PrintedPicture, Render

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # renewed with every percent
STORING = timedelta(minutes=15)  # for the whole archive on its way to the store, when nothing can be renewed


class ExportLost(Exception):
    """The account is gone, or another worker was quicker."""


def build_next() -> bool:
    """Builds the export that waits longest; False when there is none. Never raises for an export's own sake."""
    export = _claim(timezone.now())
    if export is None:
        return False
    try:
        _build(export)
    except ExportLost:
        logger.info("export lost")
    except Exception:
        logger.exception("an export could not be built")
        _give_back(export)
    return True


def _claim(at: datetime) -> Export | None:
    """The oldest due export, in our hands; one that was tried too often has failed."""
    for export in Export.objects.due(at=at).select_related("user").order_by("asked_at"):
        same = Export.objects.due(at=at).filter(pk=export.pk, tries=export.tries)
        if export.tries >= Export.MOST_TRIES:
            same.update(failed_at=at, lease_until=None)
        elif same.update(tries=F("tries") + 1, percent=0, lease_until=at + LEASE):
            export.tries += 1
            return export
    return None


def _build(export: Export) -> None:
    # A file without a name: a process that is killed leaves nothing behind.
    with (
        tempfile.TemporaryFile(dir=settings.VAR_DIR) as file,
        translation.override(export.user.language or None),
    ):
        printed = PRODUCTS[export.kind].write(export, file, lambda percent: _renew(export, percent))
        _renew(export, 100, STORING)
        _keep(export, file, printed)


def _renew(export: Export, percent: int, lease: timedelta = LEASE) -> None:
    """Says how far it is. Raises ExportLost when nobody wants it from us any more."""
    if percent == export.percent and percent:
        return
    export.percent = percent
    if not _ours(export).update(percent=percent, lease_until=timezone.now() + lease):
        raise ExportLost


def _keep(export: Export, file: BufferedRandom, printed: Sequence[Render]) -> None:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.tell()
    file.seek(0)
    product = PRODUCTS[export.kind]
    key = storage.put_file(
        kind=product.kind, owner=export.user.pk, file=File(file), extension=product.extension
    )
    with storage.discarded_unless_written([key]):
        _write(export, printed, key, digest, size)


@transaction.atomic
def _write(export: Export, printed: Sequence[Render], key: str, digest: str, size: int) -> None:
    """Fails when one of the printed pictures was deleted meanwhile; then it is built anew without it."""
    now = timezone.now()
    if not User.objects.select_for_update().filter(pk=export.user_id, is_active=True).exists():
        raise ExportLost
    asset = Asset.objects.create(
        pk=export.promised or uuid4(),
        user=export.user,
        kind=PRODUCTS[export.kind].kind,
        storage_key=key,
        content_type=PRODUCTS[export.kind].content_type,
        size_bytes=size,
        sha256=digest,
        expires_at=now + settings.RETENTION["export"],
    )
    PrintedPicture.objects.bulk_create(PrintedPicture(pdf=asset, render=render) for render in printed)
    if not _ours(export).update(asset=asset, percent=100, lease_until=None):
        raise ExportLost


def _give_back(export: Export) -> None:
    """The supervisor has it tried again; after the third time it has failed."""
    failed_at = timezone.now() if export.tries >= Export.MOST_TRIES else None
    _ours(export).update(lease_until=None, failed_at=failed_at)


def _ours(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, tries=export.tries, asset=None, failed_at=None)
