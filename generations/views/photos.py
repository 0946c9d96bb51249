"""Photos: shown to whoever brought them, and deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, get_row, safe_path, signed_in, to_sign_in
from accounts.models import User
from config.errors import AppError
from generations.access import get_photo, photos_of
from generations.actions import delete_photo
from generations.models import Asset
from generations.models.asset import AssetQuerySet
from generations.photo_links import photo_behind
from generations.serving import asset_response, photo_response
from generations.uploads.screen import LONG_EDGE, SMALL_EDGE

EDGES = {"small": SMALL_EDGE}


@require_safe
def image(request: HttpRequest, photo_id: str) -> HttpResponseBase:
    """A photo as large as a screen, with `?size=small` as a picture in a strip."""
    photo = own_photo(request, photos_of(request), photo_id)
    if photo is None:
        return to_sign_in(request)
    return photo_response(request, photo, EDGES.get(request.GET.get("size", ""), LONG_EDGE))


@require_safe
def for_provider(request: HttpRequest, token: str) -> HttpResponseBase:
    """The whole photo, for the one company that draws from it now."""
    return asset_response(request, photo_behind(token), "photo.jpg")


@require_POST
@signed_in
def delete(request: SignedInRequest, photo_id: str) -> HttpResponse:
    """Deletes a photo; what was drawn from it stays."""
    delete_photo(photo=get_photo(request.user, photo_id))
    messages.success(request, _("The photo is deleted."))
    return redirect(safe_path(request.POST.get("next", "")) or "generations:library")


def photo_for(request: HttpRequest, photo_id: str) -> Asset | None:
    """The caller's photo; None when signing in may bring it. Raises AppError NOT_FOUND."""
    return own_photo(request, photos_of(request).originals().select_related("framed_as"), photo_id)


def own_photo(request: HttpRequest, photos: AssetQuerySet, photo_id: str) -> Asset | None:
    """One of the caller's `photos`, else as `photo_for`."""
    try:
        return get_row(photos, photo_id)
    except AppError:
        if isinstance(request.user, User):
            raise
        return None
