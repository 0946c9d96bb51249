"""Turning a photo and choosing the part of it that is drawn."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import to_sign_in
from config.errors import AppError
from generations.actions import frame_photo
from generations.forms.base import FrameForm
from generations.models import Asset
from generations.uploads.frame import LEAST_SIDE, Frame
from generations.views.make import forget_subject, usual_choices
from generations.views.photos import photo_for

# Width over height of what can be printed on an upright sheet.
PAGE_RATIOS = {"a4": 190 / 277, "letter": 203.2 / 266.7}
HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")


@dataclass(frozen=True)
class Shape:
    """What a frame may look like: width over height (0: any), and the size of its small picture."""

    words: str
    ratio: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return -self.width / 2

    @property
    def top(self) -> float:
        return -self.height / 2


@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, photo_id: str) -> HttpResponse:
    """The photo as it came, with a frame to move on it. Plain buttons turn it and start anew without a script."""
    photo = photo_for(request, photo_id)
    if photo is None:
        return to_sign_in(request)
    form = FrameForm(
        request.POST if request.method == "POST" else None, initial=FrameForm.values_of(photo.chosen_frame)
    )
    if form.is_bound and form.is_valid():
        return _save(request, photo, form)
    return _page(request, photo, form, status=400 if form.is_bound else 200)


def _save(request: HttpRequest, photo: Asset, form: FrameForm) -> HttpResponse:
    wanted = Frame() if "reset" in request.POST else form.frame.turned_by(_quarters(request))
    try:
        frame_photo(photo=photo, frame=wanted)
    except AppError as error:
        return _page(request, photo, form, problem=error.message, status=error.status)
    forget_subject(request)
    goes_on = not {"turn_by", "reset"} & request.POST.keys()
    return redirect("generations:make" if goes_on else "generations:frame_photo", photo.pk)


def _quarters(request: HttpRequest) -> int:
    """Degrees clockwise that a button asks for, besides what the form says."""
    return {"right": 90, "left": 270}.get(request.POST.get("turn_by", ""), 0)


def _page(
    request: HttpRequest, photo: Asset, form: FrameForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "photo": photo,
        "form": form,
        "problem": problem,
        "least": LEAST_SIDE,
        "handles": HANDLES,
        "shapes": _shapes(usual_choices(request)["paper"]),
    }
    return render(request, "generations/frame.html", context, status=status)


def _shapes(paper: str) -> list[Shape]:
    upright = PAGE_RATIOS[paper]
    return [
        Shape(_("Any"), 0, 26, 18),
        Shape(_("Page upright"), upright, 22 * upright, 22),
        Shape(_("Page across"), 1 / upright, 22, 22 * upright),
        Shape(_("Square"), 1, 18, 18),
    ]
