"""Chooses what of a photo is drawn. The original stays, so that it can be chosen anew."""

from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError, rate_limited
from generations import storage
from generations.actions.photos import decoded, explained
from generations.models import Asset
from generations.uploads.decode import CleanPhoto
from generations.uploads.frame import LEAST_SIDE, Frame
from generations.uploads.limits import Limits
from generations.visitors import Bringer

MOST_FRAMINGS = 30  # of one photo at a time: trying out is fine, filling the store is not
# One of our own rebuilt photos: it may be larger than what it was made from.
OWN_LIMITS = replace(Limits(), file_bytes=Limits.result_bytes)


def frame_photo(*, photo: Asset, frame: Frame) -> Asset:
    """What is drawn of this original from now on: a framed copy, or the original itself for all of it.

    Pages that were drawn before keep the photo they were drawn from.
    Raises AppError: VALIDATION_ERROR when too little is left, GONE, RATE_LIMITED, SERVICE_UNAVAILABLE.
    """
    frame = frame.rounded()
    _check(photo, frame)
    if frame.is_whole:
        return _show_as(photo, None)
    earlier = (copy for copy in photo.framings.all() if copy.frame == asdict(frame))
    if same := next(earlier, None):
        return _show_as(photo, same)
    return _frame_anew(photo, frame)


def _check(photo: Asset, frame: Frame) -> None:
    if frame.too_small_on((photo.width or 0, photo.height or 0)):
        problem = _("Too little of the photo is left. Please choose a part of at least %(px)d pixels.")
        words = problem % {"px": LEAST_SIDE}
        raise AppError("VALIDATION_ERROR", words, details={"crop": [words]})


def _frame_anew(photo: Asset, frame: Frame) -> Asset:
    if photo.framings.count() >= MOST_FRAMINGS:
        raise rate_limited(_("You have tried this photo many times. Please try again in a while."), 3600)
    raw, owner = _bytes_of(photo), Bringer(photo.user, photo.anonymous_key).folder
    with explained():
        clean = decoded(raw, limits=OWN_LIMITS, frame=frame)
        key = storage.put(kind=Asset.Kind.FRAMED, owner=owner, data=clean.jpeg, extension="jpg")
    with storage.discarded_unless_written([key]):
        return _show_as(photo, _create(photo, frame, clean, key))


def _bytes_of(photo: Asset) -> bytes:
    try:
        return storage.read(photo.storage_key)
    except storage.ObjectMissing as error:
        raise AppError("GONE", _("This photo has been deleted.")) from error
    except storage.StorageError as error:
        message = _("We cannot reach this photo just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error


def _create(photo: Asset, frame: Frame, clean: CleanPhoto, key: str) -> Asset:
    return Asset.objects.create(
        user_id=photo.user_id,
        anonymous_key=photo.anonymous_key,
        kind=Asset.Kind.FRAMED,
        source=photo,
        frame=asdict(frame),
        storage_key=key,
        content_type=photo.content_type,
        width=clean.width,
        height=clean.height,
        size_bytes=len(clean.jpeg),
        sha256=clean.sha256,
        faces=clean.faces,
        expires_at=photo.expires_at,
    )


@transaction.atomic
def _show_as(photo: Asset, framing: Asset | None) -> Asset:
    """Other copies go with the next clean-up, unless a page was drawn from them."""
    photo.framed_as = framing
    photo.save(update_fields=["framed_as"])
    photo.framings.filter(job_inputs=None).update(expires_at=timezone.now())
    if framing:
        Asset.objects.filter(pk=framing.pk).update(expires_at=photo.expires_at)
    return photo.in_frame
