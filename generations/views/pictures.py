"""A photo becomes a room in another look, a furnished one, or a picture with a second photo; and where all that begins."""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import to_sign_in
from accounts.models import User
from config.errors import AppError
from generations.access import get_photo
from generations.actions import submit
from generations.forms.base import LONGEST_IDEA
from generations.forms.picture import FORMS, PictureForm
from generations.models import Asset
from generations.modes import MODES
from generations.views.consent import is_asked_for, to_consent
from generations.views.drawing import around_the_button, refused
from generations.views.make import usual_choices
from generations.views.photos import photo_for
from generations.views.strip import photos_in_strip
from generations.views.ways import all_ways, ways_for

SESSION_KEY = "picture"  # what was chosen for a photo, until it is made


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Everything that can be made, where there are photos of the newest."""
    photos = photos_in_strip(request)
    context = {"ways": all_ways(photos[0].pk if photos else None)}
    return render(request, "generations/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_as(request: HttpRequest, photo_id: str, mode: str) -> HttpResponse:
    photo = photo_for(request, photo_id)
    if photo is None:
        return to_sign_in(request)
    if mode not in FORMS:
        raise Http404
    if request.method == "POST" and not isinstance(request.user, User):
        _remember(request, photo, mode)
        return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': _address(photo, mode)})}")
    data = request.POST if request.method == "POST" else None
    form = FORMS[mode](data, initial=_initial(request, photo, mode), photos=photos_in_strip(request))
    if isinstance(request.user, User) and form.is_valid():
        return _submit(request, request.user, photo, form)
    return _page(request, photo, form, status=400 if form.is_bound else 200)


def _submit(request: HttpRequest, user: User, photo: Asset, form: PictureForm) -> HttpResponse:
    second = form.cleaned_data.get("second")
    photos = [photo, get_photo(user, second)] if second else [photo]
    try:
        job = submit(
            user=user,
            mode=form.mode,
            params=form.params,
            photos=[one.in_frame for one in photos],
            prompt=form.cleaned_data["prompt"],
            idempotency_key=form.cleaned_data["idempotency_key"],
        )
    except AppError as error:
        if is_asked_for(error):
            _remember(request, photo, form.mode)
            return to_consent(_address(photo, form.mode))
        return refused(error, partial(_page, request, photo, form))
    request.session.pop(SESSION_KEY, None)
    return redirect("generations:job", job.pk)


def _remember(request: HttpRequest, photo: Asset, mode: str) -> None:
    """What was chosen is still chosen when the page is shown again."""
    names = FORMS[mode].base_fields.keys() - {"idempotency_key"}
    chosen = {name: request.POST[name][:LONGEST_IDEA] for name in names & request.POST.keys()}
    request.session[SESSION_KEY] = {"page": _address(photo, mode), "chosen": chosen}


def _initial(request: HttpRequest, photo: Asset, mode: str) -> dict[str, str]:
    """What was chosen on this very page before, else the usual."""
    kept = request.session.get(SESSION_KEY, {})
    chosen = kept["chosen"] if kept.get("page") == _address(photo, mode) else {}
    return {**usual_choices(request), **chosen}


def _page(
    request: HttpRequest, photo: Asset, form: PictureForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    mode = MODES[form.mode]
    context = {
        "photo": photo,
        "shown": photo.in_frame,
        "photos": photos_in_strip(request),
        "form": form,
        "mode": mode,
        "ways": ways_for(photo.pk),
        "problem": problem,
        "is_picture": True,
        **around_the_button(request, form.mode),
    }
    return render(request, "generations/make_as.html", context, status=status)


def _address(photo: Asset, mode: str) -> str:
    return reverse("generations:make_as", args=[photo.pk, mode])
