"""One picture: its files, and other lines or paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations import actions, face_notice
from generations.access import get_render
from generations.actions.feedback import give_feedback
from generations.forms.base import RetuneForm
from generations.forms.book import RedoForm
from generations.forms.feedback import FeedbackForm
from generations.forms.picture import EditForm
from generations.models import Asset, Render
from generations.serving import asset_response, file_name
from generations.views.addresses import address_of
from generations.views.consent import is_asked_for, to_consent
from generations.views.fragments import is_fragment
from generations.views.jobs import job_page

# Address -> what is stored and how it ends.
FILES = {
    "svg": ((Asset.Kind.SVG,), "svg"),
    "png": ((Asset.Kind.PNG, Asset.Kind.PICTURE), "png"),  # a page has the one, a picture in colour the other
    "webp": ((Asset.Kind.PREVIEW,), "webp"),
    "thumbnail": ((Asset.Kind.THUMBNAIL,), "webp"),
}
TO_TAKE_ALONG = {"svg", "png"}  # the others are what our own pages show


@require_safe
@signed_in
def file(request: SignedInRequest, render_id: str, file: str) -> HttpResponseBase:
    """The picture as SVG, 1-bit PNG or WebP; `?download=1` saves it."""
    render = get_render(request.user, render_id)
    if file not in FILES:
        raise AppError("NOT_FOUND", _("We cannot find that here."))
    if file in TO_TAKE_ALONG and face_notice.is_due(request, render):
        return face_notice.to_notice(render)
    kinds, extension = FILES[file]
    asset = render.assets.filter(kind__in=kinds).first()
    if asset is None:
        raise AppError("GONE", _("This file is no longer kept."))
    name = f"{file_name(render.title)}.{extension}"
    return asset_response(request, asset, name, download="download" in request.GET)


@require_POST
@signed_in
def retune(request: SignedInRequest, render_id: str) -> HttpResponse:
    """Another version at once; the same lines and paper again show the version that has them."""
    render = get_render(request.user, render_id)
    form = RetuneForm(request.POST, render=render)
    if not form.is_valid():
        raise AppError("VALIDATION_ERROR", _("Please check your choices."))
    try:
        version = actions.retune(render=render, wishes=form.cleaned_data)
    except AppError as error:
        return job_page(request, render.job, shown=render, problem=error.message, status=error.status)
    return _shown(request, version)


@require_POST
@signed_in
def edit(request: SignedInRequest, render_id: str) -> HttpResponse:
    """A new version as words say; what does not work is told on the page of the picture."""
    render = get_render(request.user, render_id)
    form = EditForm(request.POST)
    if not form.is_valid():
        return job_page(request, render.job, shown=render, edit_form=form, status=400)
    data = form.cleaned_data
    try:
        job = actions.edit(render=render, words=data["prompt"], idempotency_key=data["idempotency_key"])
    except AppError as error:
        if is_asked_for(error):
            return to_consent(address_of(render))
        form.add_error("prompt", error.message)
        return job_page(request, render.job, shown=render, edit_form=form, status=error.status)
    return redirect("generations:job", job.pk)


@require_POST
@signed_in
def redo(request: SignedInRequest, render_id: str) -> HttpResponse:
    """Draws one page alone anew, and shows how far it is."""
    render = get_render(request.user, render_id)
    form = RedoForm(request.POST)
    if not form.is_valid():
        raise AppError("VALIDATION_ERROR", _("Please check your choices."))
    try:
        job = actions.redo(render=render, **form.cleaned_data)
    except AppError as error:
        if is_asked_for(error):
            return to_consent(address_of(render))
        messages.error(request, error.message)
        return redirect("generations:job", render.job_id)
    return redirect("generations:job", job.pk)


@require_POST
@signed_in
def keep(request: SignedInRequest, render_id: str) -> HttpResponse:
    """Stops the countdown of a picture, or without `keep` lets it run again."""
    render = get_render(request.user, render_id)
    actions.keep(render=render, is_kept=bool(request.POST.get("keep")))
    return _shown(request, render)


@require_POST
@signed_in
def feedback(request: SignedInRequest, render_id: str) -> HttpResponse:
    """A thumb, or a problem; what does not fit is told on the page of the picture."""
    render = get_render(request.user, render_id)
    form = FeedbackForm(request.POST, label_suffix="")
    if not form.is_valid():
        return job_page(request, render.job, shown=render, told={"feedback_form": form}, status=400)
    try:
        give_feedback(render=render, **form.said)
    except AppError as error:
        form.add_error("problem", error.message)
        return job_page(request, render.job, shown=render, told={"feedback_form": form}, status=error.status)
    return _shown(request, render)


@require_POST
@signed_in
def name(request: SignedInRequest, render_id: str) -> HttpResponse:
    """Gives a picture its title; one that does not fit is told of."""
    render = get_render(request.user, render_id)
    title = request.POST.get("title", "")
    try:
        actions.name_picture(render=render, title=title)
    except AppError as error:
        told = {"title_problem": error.message, "typed_title": title}
        return job_page(request, render.job, shown=render, told=told, status=error.status)
    return _shown(request, render)


@require_POST
@signed_in
def titles(request: SignedInRequest, render_id: str) -> HttpResponse:
    """The page of the picture with what it could be called."""
    render = get_render(request.user, render_id)
    try:
        found = actions.suggest_titles(render=render)
    except AppError as error:
        return job_page(
            request, render.job, shown=render, told={"title_problem": error.message}, status=error.status
        )
    return job_page(request, render.job, shown=render, told={"titles": found})


def _shown(request: HttpRequest, version: Render) -> HttpResponse:
    address = address_of(version)
    if not is_fragment(request):
        return redirect(address)
    response = job_page(request, version.job, shown=version)
    response["HX-Push-Url"] = address
    return response
