"""Several pictures on paper: which were ticked, how they are printed, how far that is, the file."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations import face_notice
from generations.access import get_renders
from generations.actions.export import MOST_TOGETHER, ask_for_pictures
from generations.forms.printing import PrintPicturesForm
from generations.models import Asset, Export, Render
from generations.printing.wishes import SeveralWishes
from generations.serving import asset_response
from generations.views.fragments import render_part

SESSION_KEY = "print_these"  # ids of what was ticked, in order


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def print_pictures(request: SignedInRequest) -> HttpResponse:
    """Takes what was ticked; then the form with the newest file, or for a poll how far that is."""
    if "picture" in request.POST:
        ticked = get_renders(request.user, request.POST.getlist("picture")[: MOST_TOGETHER + 1])
        request.session[SESSION_KEY] = [str(render.pk) for render in ticked]
        return redirect("generations:print_pictures")
    renders = _chosen(request)
    data = request.POST if request.method == "POST" else None
    form = PrintPicturesForm(data, initial=_initial(renders), label_suffix="")
    if not form.is_bound or not form.is_valid():
        return _page(request, renders, form, status=400 if form.is_bound else 200)
    try:
        ask_for_pictures(renders=renders, wishes=form.several())
    except AppError as error:
        return _page(request, renders, form, problem=error.message, status=error.status)
    return redirect("generations:print_pictures")


@require_safe
@signed_in
def download(request: SignedInRequest) -> HttpResponseBase:
    """The newest PDF of several pictures, as long as it is kept; else to where it is made."""
    export = Export.objects.of_pictures(request.user)
    if export is None or export.asset is None or _with_faces(request, list(_printed_on(export.asset))):
        return redirect("generations:print_pictures")
    response = asset_response(request, export.asset, "colouring-pages.pdf", download=True)
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: SignedInRequest) -> list[Render]:
    """What was ticked and is still there, with its files."""
    ids = [UUID(one) for one in request.session.get(SESSION_KEY, [])]
    own = Render.objects.owned_by(request.user).filter(pk__in=ids).select_related("job__user")
    found = {render.pk: render for render in own.prefetch_related("assets")}
    return [found[one] for one in ids if one in found]


def _initial(renders: list[Render]) -> dict[str, object]:
    usual = SeveralWishes(paper=renders[0].params["paper"] if renders else "")
    names = ("layout", "crayons", "solution", "poster_sheets", "paper")
    return {name: getattr(usual, name) for name in names}


def _printed_on(pdf: Asset) -> QuerySet[Render]:
    return Render.objects.filter(printed__pdf=pdf).select_related("job")


def _with_faces(request: SignedInRequest, renders: list[Render]) -> Render | None:
    """The first picture before which the notice about faces comes."""
    return next((render for render in renders if face_notice.is_due(request, render)), None)


def _page(
    request: SignedInRequest,
    renders: list[Render],
    form: PrintPicturesForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    export = Export.objects.of_pictures(request.user)
    ready = list(_printed_on(export.asset)) if export and export.asset else []
    with_faces = _with_faces(request, [*renders, *ready])
    context: dict[str, object] = {
        "renders": renders,
        "form": form,
        "export": export,
        "problem": problem,
        "faces_notice": with_faces is not None,
        "render": with_faces,
        "faces_next": reverse("generations:print_pictures"),
    }
    return render_part(request, "generations/print_pictures.html", "state", context, status=status)
