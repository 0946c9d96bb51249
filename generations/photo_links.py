"""Addresses under which one company may fetch one photo for a quarter of an hour."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import PhotoConsent
from config.errors import AppError
from generations.models import Asset
from generations.permission import is_of_words

SALT = "photo for a provider"
LIVES = timedelta(minutes=15)


def photo_link(photo: Asset, provider: str) -> str:
    """An https address; nothing can be read from it but a random id."""
    token = signing.dumps([str(photo.pk), provider], salt=SALT)
    return f"{settings.PUBLIC_URL}{reverse('generations:photo_for_provider', args=[token])}"


def photo_behind(token: str) -> Asset:
    """The photo. Raises AppError NOT_FOUND for a link that is none or too old, and when the family wants it no more."""
    try:
        photo_id, provider = signing.loads(token, salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        raise _gone() from None
    photo = Asset.objects.filter(pk=photo_id).select_related("user", "render__job__root__job").first()
    if photo is None or photo.user is None or not _is_agreed(photo, provider):
        raise _gone()
    return photo


def _is_agreed(photo: Asset, provider: str) -> bool:
    """Nobody is asked about what was made of words alone."""
    assert photo.user is not None
    if photo.render and is_of_words(photo.render.job):
        return True
    return PhotoConsent.objects.valid(photo.user).filter(provider=provider).exists()


def _gone() -> AppError:
    return AppError("NOT_FOUND", _("There is nothing here."))
