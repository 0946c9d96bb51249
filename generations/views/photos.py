"""Photos: taken in from anybody, shown to whoever brought them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import SignedInRequest, get_row, safe_path, signed_in, to_sign_in
from accounts.models import User
from config.errors import AppError
from generations.access import get_photo, photos_of
from generations.actions import accept_photo, delete_photo
from generations.models import Asset
from generations.models.asset import AssetQuerySet
from generations.photo_links import photo_behind
from generations.serving import asset_response, photo_response
from generations.views.fragments import is_fragment, render_part
from generations.visitors import ensure_anonymous_key, network_hash

# Somewhat larger photos than we take are read, so that a browser without scripts hears why they are refused.
MOST_BODY_BYTES = 32 * 1024 * 1024


@csrf_exempt  # checked in _upload: reading the token means reading the whole body
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Refuses a huge body unread, takes any other."""
    if _declared_length(request) > MOST_BODY_BYTES:
        error = AppError(
            "UPLOAD_TOO_LARGE", _("This photo is larger than 10 MB. Please choose a smaller one.")
        )
        return _refused(request, error)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    try:
        photo = _accepted(request)
    except AppError as error:
        return _refused(request, error)
    address = reverse("generations:make", args=[photo.pk])
    return HttpResponseClientRedirect(address) if is_fragment(request) else redirect(address)


@require_safe
def image(request: HttpRequest, photo_id: str) -> HttpResponseBase:
    photo = own_photo(request, photos_of(request), photo_id)
    return to_sign_in(request) if photo is None else photo_response(request, photo)


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


def _accepted(request: HttpRequest) -> Asset:
    files = request.FILES.getlist("photo")
    if not files:
        raise AppError("VALIDATION_ERROR", _("Please choose a photo first."))
    return accept_photo(
        raw=files[0].read(),
        user=request.user if isinstance(request.user, User) else None,
        anonymous_key="" if request.user.is_authenticated else ensure_anonymous_key(request),
        network_hash=network_hash(request),
    )


def _refused(request: HttpRequest, error: AppError) -> HttpResponse:
    """The form again, with what was wrong."""
    response = render_part(
        request, "generations/landing.html", "photo-form", {"problem": error.message}, status=error.status
    )
    for name, value in error.headers.items():
        response[name] = value
    return response


def _declared_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0
