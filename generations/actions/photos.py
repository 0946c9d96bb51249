"""Takes photos in."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount
from generations import storage
from generations.models import Asset, Upload
from generations.uploads.decode import CleanPhoto, DecoderBusy, PhotoError, decode_photo
from generations.uploads.frame import Frame
from generations.uploads.limits import Limits
from generations.uploads.meters import age_of_photos, meter_of
from generations.visitors import Bringer


@dataclass(frozen=True)
class Accepted:
    """A photo, and whether its owner had it already."""

    photo: Asset
    was_known: bool


def accept_photo(*, raw: bytes, bringer: Bringer) -> Accepted:
    """Rebuilds the photo without its metadata and stores it for its owner; one that is there already counts for nothing.

    Raises AppError: RATE_LIMITED, UPLOAD_TOO_LARGE, UNSUPPORTED_FORMAT, UNREADABLE_IMAGE, SERVICE_UNAVAILABLE.
    A refused photo leaves nothing behind and counts for nothing.
    """
    meter = meter_of(bringer)
    if known := known_photo(raw, bringer):
        return again(known, bringer)
    meter.check()  # before the work; it counts under the lock once there is something to keep
    with explained():
        accepted = keep_photo(raw=raw, bringer=bringer, first=lambda _id: meter.count())
    return again(accepted.photo, bringer) if accepted.was_known else accepted


def known_photo(raw: bytes, bringer: Bringer) -> Asset | None:
    """The owner's photo that came as these very bytes."""
    return (
        Asset.objects.brought_by(bringer)
        .select_related("framed_as")
        .same_photo(_sha256(raw), at=timezone.now())
        .first()
    )


def again(photo: Asset, bringer: Bringer) -> Accepted:
    """A known photo, from now on kept as long as a new one, with what was framed of it."""
    photo.expires_at = timezone.now() + age_of_photos(bringer)
    Asset.objects.filter(pk__in=(photo.pk, photo.in_frame.pk)).update(expires_at=photo.expires_at)
    return Accepted(photo, was_known=True)


def keep_photo(*, raw: bytes, bringer: Bringer, first: Callable[[UUID], object]) -> Accepted:
    """Decodes, stores and writes down a photo that is not known.

    `first` is called with its id in the transaction that writes its row, before that. Raises PhotoError, DecoderBusy,
    StorageError and whatever `first` raises; the photo is not kept then.
    """
    clean = decoded(raw)
    key = storage.put(kind=Asset.Kind.ORIGINAL, owner=bringer.folder, data=clean.jpeg, extension="jpg")
    try:
        with storage.discarded_unless_written([key]):
            if bringer.user:
                CreditAccount.objects.locked(bringer.user)  # one of their photos after the other
            photo = _row(clean, key, sent=_sha256(raw), bringer=bringer)
            first(photo.pk)
            photo.save(force_insert=True)
    except IntegrityError:  # the same photo came in twice at the same time, and the other one was first
        known = known_photo(raw, bringer)
        if known is None:
            raise
        return Accepted(known, was_known=True)
    return Accepted(photo, was_known=False)


@transaction.atomic
def adopt_photos(*, user: User, anonymous_key: str) -> int:
    """The visitor's photos pass to the user on sign-in, and those on their way; returns how many are there."""
    CreditAccount.objects.locked(user)  # no photo of theirs comes in meanwhile
    photos = Asset.objects.of_visitor(anonymous_key)
    theirs = Asset.objects.owned_by(user).exclude(upload_sha256="").values("upload_sha256")
    photos.filter(upload_sha256__in=theirs).update(upload_sha256="")  # a second copy: the first is recognised
    Upload.objects.of_visitor(anonymous_key).update(user=user, anonymous_key="")
    expires_at = timezone.now() + settings.RETENTION["original"]
    return photos.update(user=user, anonymous_key="", expires_at=expires_at)


def decoded(raw: bytes, *, limits: Limits | None = None, frame: Frame | None = None) -> CleanPhoto:
    """The photo rebuilt, or only a frame of it, its faces counted where we look for them. Raises as `decode_photo`.
    While it waits for its turn the database has its connection back."""
    counts_faces = settings.FACES == "notice"
    slots = settings.DECODER_SLOTS_DIR
    patient = replace(limits or Limits(), slot_wait_seconds=settings.DECODER_WAIT_SECONDS)
    return decode_photo(
        raw, slots_dir=slots, limits=patient, frame=frame, faces=counts_faces, before_waiting=_give_back
    )


def _give_back() -> None:
    """The connection of the database, where no transaction needs it."""
    if not connection.in_atomic_block:
        connection.close()


@contextmanager
def explained() -> Iterator[None]:
    """What goes wrong with a photo as an AppError, in words for a person."""
    try:
        yield
    except PhotoError as error:
        raise refused(error) from error
    except DecoderBusy as error:
        headers = {"Retry-After": str(error.retry_after)}
        message = _("Many photos are coming in at once. Please try again in a moment.")
        raise AppError("SERVICE_UNAVAILABLE", message, headers=headers) from error
    except storage.StorageError as error:
        message = _("We cannot store photos just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error


def refused(error: PhotoError) -> AppError:
    return AppError(error.code, _(error.message))


def _row(clean: CleanPhoto, key: str, *, sent: str, bringer: Bringer) -> Asset:
    now = timezone.now()
    mine = Asset.objects.brought_by(bringer).filter(upload_sha256=sent, expires_at__lte=now)
    mine.update(upload_sha256="")  # past its date and not cleaned up yet: it is known no longer
    return Asset(
        **bringer.owner,
        kind=Asset.Kind.ORIGINAL,
        storage_key=key,
        content_type="image/jpeg",
        width=clean.width,
        height=clean.height,
        size_bytes=len(clean.jpeg),
        sha256=clean.sha256,
        upload_sha256=sent,
        removed=list(clean.removed),
        faces=clean.faces,
        expires_at=now + age_of_photos(bringer),
    )


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
