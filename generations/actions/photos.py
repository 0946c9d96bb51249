"""Takes photos in."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from generations import storage
from generations.models import Asset
from generations.uploads.decode import CleanPhoto, DecoderBusy, PhotoError, decode_photo
from generations.uploads.frame import Frame
from generations.uploads.limits import Limits
from generations.uploads.meters import UserMeter, VisitorMeter


def accept_photo(*, raw: bytes, user: User | None, anonymous_key: str = "", network_hash: str = "") -> Asset:
    """Rebuilds the photo without its metadata and stores it for its owner, a user or else a visitor.

    Raises AppError: RATE_LIMITED, UPLOAD_TOO_LARGE, UNSUPPORTED_FORMAT, UNREADABLE_IMAGE, SERVICE_UNAVAILABLE.
    A refused photo leaves nothing behind and counts for nothing.
    """
    meter = UserMeter(user) if user else VisitorMeter(anonymous_key, network_hash)
    meter.check()  # before the work; it counts under the lock once there is something to keep
    photo = decoded(raw)
    key = stored(photo, Asset.Kind.ORIGINAL, user.pk if user else anonymous_key)
    with storage.discarded_unless_written([key]):
        return _keep(photo, key, meter)


def _keep(photo: CleanPhoto, key: str, meter: "UserMeter | VisitorMeter") -> Asset:
    meter.count()
    return Asset.objects.create(
        **meter.owner,
        kind=Asset.Kind.ORIGINAL,
        storage_key=key,
        content_type="image/jpeg",
        width=photo.width,
        height=photo.height,
        size_bytes=len(photo.jpeg),
        sha256=photo.sha256,
        removed=list(photo.removed),
        faces=photo.faces,
        expires_at=timezone.now() + meter.keeps_for,
    )


@transaction.atomic
def adopt_photos(*, user: User, anonymous_key: str) -> int:
    """The visitor's photos pass to the user on sign-in; returns how many."""
    photos = Asset.objects.of_visitor(anonymous_key)
    expires_at = timezone.now() + settings.RETENTION["original"]
    return photos.update(user=user, anonymous_key="", expires_at=expires_at)


def decoded(raw: bytes, *, limits: Limits | None = None, frame: Frame | None = None) -> CleanPhoto:
    """The photo rebuilt, or only a frame of it. Raises AppError, see `accept_photo`."""
    try:
        return decode_photo(
            raw,
            slots_dir=settings.DECODER_SLOTS_DIR,
            limits=limits,
            frame=frame,
            faces=settings.FACES == "notice",
        )
    except PhotoError as error:
        raise AppError(error.code, _(error.message)) from error
    except DecoderBusy as error:
        headers = {"Retry-After": str(error.retry_after)}
        message = _("Many photos are coming in at once. Please try again in a moment.")
        raise AppError("SERVICE_UNAVAILABLE", message, headers=headers) from error


def stored(photo: CleanPhoto, kind: str, owner: object) -> str:
    """The key of the photo's object, written for a user's id or a visitor's key. Raises SERVICE_UNAVAILABLE."""
    try:
        return storage.put(kind=kind, owner=_uuid_shape(str(owner)), data=photo.jpeg, extension="jpg")
    except storage.StorageError as error:
        raise AppError(
            "SERVICE_UNAVAILABLE", _("We cannot store photos just now. Please try again soon.")
        ) from error


def _uuid_shape(owner: str) -> str:
    """A user's id as it is; a visitor's key cut down to the same shape."""
    return str(UUID(owner.replace("-", "")[:32]))
