"""How a photo is to be drawn, and the start of the drawing."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import to_sign_in
from accounts.models import User
from config.errors import AppError
from generations.actions import submit
from generations.forms.base import MakeForm
from generations.forms.places import LONGEST
from generations.models import Asset
from generations.views.consent import is_asked_for, to_consent
from generations.views.drawing import around_the_button, refused
from generations.views.photos import photo_for
from generations.views.strip import photos_in_strip
from generations.views.ways import ways_for
from generations.wording import removed_sentence

# Where people print on US Letter.
LETTER_REGIONS = frozenset(
    {"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "SV", "NI", "DO", "PR"}
)


SESSION_KEY = "choices"  # what was chosen for a photo, until it is drawn
KEPT = ("complexity", "line_thickness", "paper", "subject", "alone")


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, photo_id: str) -> HttpResponse:
    photo = photo_for(request, photo_id)
    if photo is None:
        return to_sign_in(request)
    wants_frame = "then" in request.POST
    if request.method == "POST" and (wants_frame or not isinstance(request.user, User)):
        _remember(request, photo_id)
        return redirect("generations:frame_photo", photo_id) if wants_frame else redirect(_sign_in_url(photo))
    form = MakeForm(request.POST if request.method == "POST" else None, initial=_initial(request, photo_id))
    if isinstance(request.user, User) and form.is_valid():
        return _submit(request, request.user, photo, form)
    return _page(request, photo, form, status=400 if form.is_bound else 200)


def _remember(request: HttpRequest, photo_id: str) -> None:
    """What was chosen for this photo is still chosen when its page is shown again."""
    chosen = {name: request.POST.get(name, "")[:LONGEST] for name in KEPT}
    request.session[SESSION_KEY] = {"photo": photo_id, **chosen}


def forget_subject(request: HttpRequest) -> None:
    """What was pointed at lies elsewhere on a photo that was turned or cut."""
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), "subject": "", "alone": ""}


def _submit(request: HttpRequest, user: User, photo: Asset, form: MakeForm) -> HttpResponse:
    key = form.cleaned_data["idempotency_key"]
    try:
        job = submit(
            user=user, mode="coloring", params=form.params, photos=[photo.in_frame], idempotency_key=key
        )
    except AppError as error:
        if is_asked_for(error):
            _remember(request, str(photo.pk))
            return to_consent(reverse("generations:make", args=[photo.pk]))
        return refused(error, partial(_page, request, photo, form))
    request.session.pop(SESSION_KEY, None)
    return redirect("generations:job", job.pk)


def _initial(request: HttpRequest, photo_id: str) -> dict[str, str]:
    """What was chosen for this very photo before, else the usual."""
    kept = request.session.get(SESSION_KEY, {})
    return {**usual_choices(request), **(kept if kept.get("photo") == photo_id else {})}


def _page(
    request: HttpRequest, photo: Asset, form: MakeForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "photo": photo,
        "shown": photo.in_frame,
        "photos": photos_in_strip(request),
        "form": form,
        "removed": removed_sentence(photo.removed),
        "problem": problem,
        "was_known": "known" in request.GET,
        "ways": ways_for(photo.pk),
        **around_the_button(request, "coloring"),
    }
    return render(request, "generations/make.html", context, status=status)


def _sign_in_url(photo: Asset) -> str:
    back = urlencode({"next": reverse("generations:make", args=[photo.pk])})
    return f"{reverse('accounts:sign_in')}?{back}"


def usual_choices(request: HttpRequest) -> dict[str, str]:
    """What is chosen on the form of somebody who comes anew."""
    own = request.user.paper if isinstance(request.user, User) else ""
    paper = own or paper_of(request.headers.get("Accept-Language", ""))
    return {"complexity": "standard", "line_thickness": "medium", "paper": paper}


def paper_of(accept_language: str) -> str:
    """The paper that a browser's first language stands for: letter for regions of North America, else a4."""
    first = accept_language.split(",")[0].split(";")[0].strip().replace("_", "-")
    regions = {part.upper() for part in first.split("-")[1:]}
    return "letter" if regions & LETTER_REGIONS else "a4"
