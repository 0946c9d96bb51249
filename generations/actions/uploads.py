"""Photos that go straight to the store: a place is given out, and what lies there later is looked at."""

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from credits.models import UsageEvent
from generations import storage
from generations.actions.photos import Accepted, again, explained, keep_photo, known_photo, refused
from generations.models import Asset, Upload
from generations.stores.base import Form
from generations.uploads.decode import PhotoError
from generations.uploads.formats import EXTENSIONS
from generations.uploads.limits import Limits
from generations.uploads.meters import meter_of
from generations.uploads.signed_forms import form_of
from generations.visitors import Bringer

INCOMING = "incoming"  # the first part of the keys


class EndedMeanwhileError(Exception):
    """Somebody else has completed the same upload, or it was removed."""


def begin_upload(*, bringer: Bringer, content_type: str, size_bytes: int) -> tuple[Upload, Form]:
    """A place for one photo, counted as if it were there already, and the form to send it there.

    Raises AppError: RATE_LIMITED, UPLOAD_TOO_LARGE, UNSUPPORTED_FORMAT, SERVICE_UNAVAILABLE.
    """
    with explained(), transaction.atomic():
        extension = _extension(content_type, size_bytes)
        upload = Upload.objects.create(
            **bringer.owner,
            usage=meter_of(bringer).count(),
            storage_key=storage.new_key(INCOMING, bringer.folder, extension),
            content_type=content_type,
            expires_at=timezone.now() + settings.UPLOAD_AGE,
        )
        return upload, form_of(upload)


def receive_upload(*, upload: Upload, file: File) -> None:
    """Stores what was sent to an address of our own, unseen. Raises UPLOAD_TOO_LARGE and SERVICE_UNAVAILABLE."""
    with explained():
        if (file.size or 0) > Limits().file_bytes:
            raise PhotoError("too_large")
        storage.put_incoming(upload.storage_key, file)


def complete_upload(*, upload: Upload) -> Accepted:
    """Looks at what was sent and makes it a photo. Nothing that was said about it is believed.

    Asked again it answers the same. Raises AppError: CONFLICT when nothing was sent yet, GONE when it is too late,
    UPLOAD_TOO_LARGE, UNSUPPORTED_FORMAT and UNREADABLE_IMAGE for good; SERVICE_UNAVAILABLE, to try again.
    """
    if upload.has_ended:
        return _answer(upload)
    if upload.expires_at <= timezone.now():
        raise _over()
    accepted = None
    with explained(), suppress(EndedMeanwhileError):
        accepted = _taken(upload)
    storage.discard([upload.storage_key])
    return accepted or _answer(_fresh(upload))


def remove_upload(*, upload: Upload) -> None:
    """Forgets an upload and what was sent; the photo that came of it stays. Raises SERVICE_UNAVAILABLE."""
    with explained():
        storage.delete(upload.storage_key)
    upload.delete()


def _taken(upload: Upload) -> Accepted:
    bringer = Bringer(upload.user, upload.anonymous_key)
    try:
        raw = _arrived(upload)
        known = known_photo(raw, bringer)
        accepted = (
            Accepted(known, was_known=True)
            if known
            else keep_photo(raw=raw, bringer=bringer, first=lambda photo_id: _take_place(upload, photo_id))
        )
    except PhotoError as error:
        _refuse(upload, error)
        raise
    return _end_with_known(upload, accepted.photo, bringer) if accepted.was_known else accepted


def _arrived(upload: Upload) -> bytes:
    """What was sent, of which hardly more than the limit is read. Raises PhotoError, StorageError, AppError CONFLICT."""
    most = Limits().file_bytes
    try:
        size = storage.size_of(upload.storage_key)
        if size > most or not size:
            raise PhotoError("too_large" if size else "empty")
        return storage.beginning(upload.storage_key, most + 1)  # one more, should it have grown since
    except storage.ObjectMissing as error:
        if _fresh(upload).has_ended:  # and has been cleared away
            raise EndedMeanwhileError from error
        message = _("Your photo has not arrived yet. Please send it first, then try again.")
        raise AppError("CONFLICT", message) from error


def _take_place(upload: Upload, photo_id: UUID) -> None:
    """Ends the upload with its new photo. Raises EndedMeanwhileError when it has ended already."""
    if not Upload.objects.pending().filter(pk=upload.pk).update(asset_id=photo_id):
        raise EndedMeanwhileError


def _end_with_known(upload: Upload, photo: Asset, bringer: Bringer) -> Accepted:
    """Ends the upload with a photo that was there before; it counts for nothing then."""
    if not Upload.objects.pending().filter(pk=upload.pk).update(asset=photo, was_known=True):
        raise EndedMeanwhileError
    _give_back(upload)
    return again(photo, bringer)


def _refuse(upload: Upload, error: PhotoError) -> None:
    if Upload.objects.pending().filter(pk=upload.pk).update(refusal=error.reason):
        _give_back(upload)
    storage.discard([upload.storage_key])


def _give_back(upload: Upload) -> None:
    if upload.usage_id:
        UsageEvent.objects.filter(pk=upload.usage_id).delete()


def _answer(upload: Upload) -> Accepted:
    if upload.asset is None:
        raise refused(PhotoError(upload.refusal))
    return Accepted(upload.asset, upload.was_known)


def _fresh(upload: Upload) -> Upload:
    fresh = Upload.objects.select_related("asset").filter(pk=upload.pk).first()
    if fresh is None:
        raise _over()
    return fresh


def _over() -> AppError:
    return AppError("GONE", _("This took too long. Please send the photo again."))


def _extension(content_type: str, size_bytes: int) -> str:
    if size_bytes > Limits().file_bytes:
        raise PhotoError("too_large")
    if content_type not in EXTENSIONS:
        raise PhotoError("unsupported")
    return EXTENSIONS[content_type]
