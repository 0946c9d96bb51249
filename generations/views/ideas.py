"""An idea typed instead of a photo, and what of it can be drawn."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from config.errors import AppError
from generations.access import get_public_picture
from generations.actions import submit
from generations.forms.base import LONGEST_IDEA
from generations.forms.idea import IdeaForm
from generations.modes.imagine import EXAMPLES, any_words_will_do
from generations.pace import asks_too_often
from generations.scenes import understand
from generations.views.drawing import around_the_button, refused
from generations.views.make import usual_choices
from generations.wording import idea_sentences

SESSION_KEY = "idea"  # what a visitor typed, until they have signed in
LIKE = ("finish", "complexity", "line_thickness", "style", "aspect_ratio", "room_style", "room_type")
FORM_FIELDS = {"complexity", "line_thickness", "paper"}


@require_http_methods(["GET", "HEAD", "POST"])
def idea(request: HttpRequest) -> HttpResponse:
    """The form; an idea from the first page, or of somebody who has yet to sign in, is kept in the session for it."""
    if request.method != "POST":
        return _page(request, IdeaForm(initial=_initial(request)))
    if not isinstance(request.user, User) or not FORM_FIELDS & request.POST.keys():
        request.session[SESSION_KEY] = request.POST.get("prompt", "")[:LONGEST_IDEA]
        return redirect("generations:idea" if "start" in request.POST else _sign_in_url())
    form = IdeaForm(request.POST)
    return _submit(request, request.user, form) if form.is_valid() else _page(request, form, status=400)


@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """What is understood of an idea while it is typed: for htmx, and never in an address that is logged.

    Whoever asks faster than anyone types is answered with nothing.
    """
    if asks_too_often(request, "idea-words"):
        return HttpResponse(status=429)
    return render(request, "generations/idea.html#words", _understood(request.POST.get("prompt", "")))


def _submit(request: HttpRequest, user: User, form: IdeaForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        job = submit(
            user=user,
            mode="imagine",
            params=form.params,
            photos=[],
            prompt=data["prompt"],
            idempotency_key=data["idempotency_key"],
        )
    except AppError as error:
        return refused(error, partial(_page, request, form))
    request.session.pop(SESSION_KEY, None)
    return redirect("generations:job", job.pk)


def _page(request: HttpRequest, form: IdeaForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    typed = form["prompt"].value() or ""
    context = {
        "form": form,
        "problem": problem,
        "examples": EXAMPLES,
        **around_the_button(request, "imagine"),
        **_understood(str(typed)),
    }
    return render(request, "generations/idea.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, object]:
    """The usual; what a visitor typed; or the settings of a public picture, on the caller's own paper."""
    usual = {**usual_choices(request), "variants": 1, "prompt": request.session.get(SESSION_KEY, "")}
    return {**usual, **(settings_of(request.GET["like"]) if "like" in request.GET else {})}


def settings_of(render_id: str) -> dict[str, object]:
    """What the form says of a picture that everybody may see. Raises NOT_FOUND for any other."""
    render = get_public_picture(render_id).render
    chosen = {name: value for name, value in render.params.items() if name in LIKE and value is not None}
    return {**chosen, "prompt": render.job.prompt}


def _understood(text: str) -> dict[str, object]:
    """What our own engine knows of it; nothing where a model draws, which reads any words."""
    if any_words_will_do("line_art"):
        return {"sentences": [], "is_known": True}
    found = understand(text[:LONGEST_IDEA], get_language() or "en")
    return {"sentences": idea_sentences(found.known, found.unknown), "is_known": bool(found.wishes)}


def _sign_in_url() -> str:
    return f"{reverse('accounts:sign_in')}?{urlencode({'next': reverse('generations:idea')})}"
