"""Photos taken in from anybody: one at a time from a script, any number from a plain form."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from config.errors import AppError
from generations.actions import Accepted, accept_photo
from generations.views.fragments import is_fragment
from generations.views.landing import landing_page
from generations.visitors import bringer_of_session, ensure_anonymous_key
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
    return photo_row(request, accepted)


def photo_row(request: HttpRequest, accepted: Accepted) -> HttpResponse:
    """The row that a script shows for a photo."""
    photo = accepted.photo
    context = {"photo": photo, "removed": removed_sentence(photo.removed), "was_known": accepted.was_known}
    return _part(request, "photo-row", context, status=200)


def _for_form(request: HttpRequest, files: list[UploadedFile]) -> HttpResponse:
    """Takes what can be taken and shows the first of them; else the form again."""
    taken, errors = [], []
    for file in files:
        try:
            taken.append(_accepted(request, file))
        except AppError as error:
            errors.append(error)
    if not taken:
        return _refused(request, errors)
    for sentence in dict.fromkeys(error.message for error in errors):
        messages.warning(request, sentence)
    address = reverse("generations:make", args=[taken[0].photo.pk])
    return redirect(f"{address}?known" if taken[0].was_known else address)


def _accepted(request: HttpRequest, file: UploadedFile) -> Accepted:
    if not request.user.is_authenticated:
        ensure_anonymous_key(request)
    return accept_photo(raw=file.read(), bringer=bringer_of_session(request))


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
