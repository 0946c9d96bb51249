"""Photos taken in from anybody: one at a time from a script, any number from a plain form."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from accounts.access import to_sign_in
from config.errors import AppError
from generations.actions import Accepted, accept_photo
from generations.views.fragments import is_fragment
from generations.views.landing import landing_page
from generations.views.photos import photo_for
from generations.visitors import ensure_anonymous_key, who_asks
from generations.wording import removed_sentence

# Larger bodies than we take are read up to here, so that a browser without scripts hears why they are refused.
MOST_BODY_BYTES = 32 * 1024 * 1024


@csrf_exempt  # checked in _upload: reading the token means reading the whole body
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Refuses a huge body unread, takes any other."""
    if _declared_length(request) > MOST_BODY_BYTES:
        message = _(
            "That is too much at once: 10 MB a photo, 32 MB together. Please choose fewer or smaller photos."
        )
        return _refused(request, [AppError("UPLOAD_TOO_LARGE", message)])
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("photo")
    if not files:
        return _refused(request, [AppError("VALIDATION_ERROR", _("Please choose a photo first."))])
    return _for_script(request, files[0]) if is_fragment(request) else _for_form(request, files)


def _for_script(request: HttpRequest, file: UploadedFile) -> HttpResponse:
    try:
        accepted = _accepted(request, file)
    except AppError as error:
        return _refused(request, [error])
    return _row(request, accepted)


def _for_form(request: HttpRequest, files: list[UploadedFile]) -> HttpResponse:
    """Takes what can be taken and shows the first of them; else the form again."""
    accepted, errors = [], []
    for file in files:
        try:
            accepted.append(_accepted(request, file))
        except AppError as error:
            errors.append(error)
    if not accepted:
        return _refused(request, errors)
    for sentence in dict.fromkeys(error.message for error in errors):
        messages.warning(request, sentence)
    return redirect(make_address(accepted[0]))


def _accepted(request: HttpRequest, file: UploadedFile) -> Accepted:
    if not request.user.is_authenticated:
        ensure_anonymous_key(request)
    return accept_photo(raw=file.read(), bringer=who_asks(request))


@require_safe
def row(request: HttpRequest, photo_id: str) -> HttpResponse:
    """A photo that came by the API, as a script shows it."""
    photo = photo_for(request, photo_id)
    if photo is None:
        return to_sign_in(request)
    return _row(request, Accepted(photo, was_known="known" in request.GET))


def _row(request: HttpRequest, accepted: Accepted) -> HttpResponse:
    """What a script shows of a photo."""
    photo = accepted.photo
    context = {
        "shown": photo.in_frame,
        "was_known": accepted.was_known,
        "address": make_address(accepted),
        "removed": removed_sentence(photo.removed),
    }
    return _part(request, "photo-row", context, status=200)


def make_address(accepted: Accepted) -> str:
    """Where a photo is drawn; says so when it was there already."""
    query = {"known": 1} if accepted.was_known else None
    return reverse("generations:make", args=[accepted.photo.pk], query=query)


def _refused(request: HttpRequest, errors: list[AppError]) -> HttpResponse:
    """What was wrong: a sentence for a script, else the first page with the form again."""
    problem = " ".join(dict.fromkeys(error.message for error in errors))
    if is_fragment(request):
        response = _part(request, "photo-problem", {"problem": problem}, status=errors[0].status)
    else:
        response = landing_page(request, problem=problem, status=errors[0].status)
    for name, value in errors[0].headers.items():
        response[name] = value
    return response


def _part(request: HttpRequest, part: str, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(request, f"generations/landing.html#{part}", context, status=status)
    response["X-Fragment"] = part
    return response


def _declared_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0
