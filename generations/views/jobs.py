"""One job: how far it is, why it failed, or its finished page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, not_there, signed_in
from config.errors import AppError
from generations import face_notice
from generations.access import get_job
from generations.actions import (
    cancel_job,
    delete_job,
    delete_photo,
    email_when_ready,
    look_soon,
    retry_job,
)
from generations.actions.community import can_be_offered
from generations.actions.feedback import feedback_of
from generations.actions.submission import free_edits_left
from generations.forms.base import RetuneForm
from generations.forms.feedback import form_of
from generations.forms.picture import EditForm
from generations.forms.printing import print_form
from generations.glance import glance_at
from generations.models import Asset, Attempt, CommunityPicture, Job, Render
from generations.modes import MODES
from generations.modes.edit import EDIT
from generations.progress import progress_of
from generations.providers import COMPANIES
from generations.sources import finish_of
from generations.states import JobStatus, RenderError
from generations.views.addresses import address_of
from generations.views.books import book_page, shows_book
from generations.views.consent import is_asked_for, to_consent
from generations.views.fragments import is_fragment, render_part
from generations.wording import idea_sentences, verdict_sentence, version_words

COMPARED = {"coloring", "book", "redesign", "staging"}  # modes whose pictures lie on their photos
FROM_WORDS = {"imagine", "carousel", "edit"}
LONGEST_SAYING = 40  # letters


@dataclass(frozen=True)
class Version:
    """A picture of the strip."""

    render: Render
    words: str
    address: str


@vary_on_headers("HX-Request")
@require_safe
@signed_in
def job(request: SignedInRequest, job_id: str) -> HttpResponse:
    """The whole page, or for a poll only its changing part: 204 when it has `seen` all there is."""
    glance = glance_at(
        request.user, job_id
    )  # before the row is read: a page may be newer than its mark, never older
    if glance is None:
        raise not_there()
    look_soon(job_id=glance.job_id, stage=glance.stage, at=timezone.now())
    if is_fragment(request) and request.GET.get("seen") == glance.mark:
        return HttpResponse(status=204)
    job = get_job(request.user, job_id)
    page = book_page if shows_book(request, job) else job_page
    return page(request, job, mark=glance.mark)


@require_POST
@signed_in
def cancel(request: SignedInRequest, job_id: str) -> HttpResponse:
    job = get_job(request.user, job_id)
    try:
        cancel_job(job=job)
    except AppError as error:  # it was quicker
        messages.info(request, error.message)
    return redirect("generations:job", job.pk)


@require_POST
@signed_in
def email(request: SignedInRequest, job_id: str) -> HttpResponse:
    """A mail when it is ready, or without `wanted` none."""
    job = get_job(request.user, job_id)
    try:
        email_when_ready(job=job, is_wanted=bool(request.POST.get("wanted")))
    except AppError as error:  # it was quicker
        messages.info(request, error.message)
    return redirect("generations:job", job.pk)


@require_POST
@signed_in
def retry(request: SignedInRequest, job_id: str) -> HttpResponse:
    job = get_job(request.user, job_id)
    try:
        job = retry_job(job=job, idempotency_key=request.POST.get("idempotency_key", "")[:100])
    except AppError as error:
        if is_asked_for(error):
            return to_consent(reverse("generations:job", args=[job.pk]))
        messages.error(request, error.message)
    return redirect("generations:job", job.pk)


@require_POST
@signed_in
def delete(request: SignedInRequest, job_id: str) -> HttpResponse:
    """Deletes the page with its versions, and its photo when asked to."""
    job = get_job(request.user, job_id)
    photos = list(job.inputs.all()) if request.POST.get("photo") else []
    delete_job(job=job)
    for photo in photos:
        delete_photo(photo=photo)
    messages.success(request, _("Deleted."))
    return redirect("generations:library")


def job_page(
    request: HttpRequest,
    job: Job,
    *,
    shown: Render | None = None,
    problem: str = "",
    edit_form: EditForm | None = None,
    told: Mapping[str, object] | None = None,
    mark: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a job, or its changing part for htmx. Shows this picture, or the one that the address names. What else
    is `told` stands in the place of what is usually there. `mark` is what its next poll has seen."""
    shown = shown or (_asked_for(request, job) if job.has_ended else None)
    photo = _photo_of(job, shown)
    progress = progress_of(job, at=timezone.now())
    context: dict[str, object] = {
        "job": job,
        "mark": mark,
        "photo": photo,
        "progress": progress,
        "retry_key": uuid4().hex,
        "problem": problem,
        "reason": _reason(job),
        "can_retry": progress.can_retry and (photo is not None or not MODES[job.mode].photos_least),
        "is_picture": MODES[job.mode].finish_of(job.params) == "full_color",
        "is_from_words": job.mode in FROM_WORDS,
        "sheet": _sheet(job.params, photo),
        "edit_form": edit_form or EditForm(),
        **_result(request, job, shown),
        **(told or {}),
    }
    return render_part(request, "generations/job.html", "job-state", context, status=status)


def _photo_of(job: Job, shown: Render | None) -> Asset | None:
    """What a picture is compared with."""
    if shown and MODES[job.mode].draws_each_photo:
        return job.inputs.filter(job_inputs__position=shown.position).first()
    return job.inputs.first()


def _reason(job: Job) -> str:
    """What was wrong with the last page that was drawn for a job which failed for it; else ""."""
    if job.status != JobStatus.FAILED:
        return ""
    judged = (RenderError.NOT_COLOURABLE, RenderError.BAD_OUTPUT)
    failed = job.renders.filter(error_code__in=judged, verdict__ok=False).first()
    return verdict_sentence(failed.verdict) if failed else ""


def _asked_for(request: HttpRequest, job: Job) -> Render | None:
    """The picture that the address names, else the newest version of the first one."""
    delivered = list(job.renders.delivered().order_by("position", "version"))
    wanted = {name: request.GET.get(name, "") for name in ("picture", "version")}
    same = [one for one in delivered if str(one.position + 1) == wanted["picture"]] or [
        one for one in delivered if one.position == delivered[0].position
    ]
    return next((one for one in same if str(one.version) == wanted["version"]), same[-1] if same else None)


def _result(request: HttpRequest, job: Job, shown: Render | None) -> dict[str, object]:
    """What the page of a finished picture needs; nothing while there is none."""
    if shown is None or not job.has_ended:
        return {}
    delivered = list(job.renders.delivered().prefetch_related("assets").order_by("position", "version"))
    newest = {one.position: one for one in delivered}
    root = shown.root
    drawn_by = Subquery(Attempt.objects.drawn().filter(render=OuterRef("pk")).values("provider")[:1])
    family = Render.objects.delivered().family_of(root).select_related("job").annotate(drawn_by=drawn_by)
    versions = list(family.order_by("created_at", "version"))
    notes = root.verdict
    preview = _asset(shown, Asset.Kind.PREVIEW)
    said = feedback_of(shown)
    return {
        "render": shown,
        "preview": preview,
        "sheet": _sheet(shown.params, preview),
        "pictures": [Version(one, str(one.position + 1), address_of(one)) for one in newest.values()],
        "versions": [Version(one, _version_words(one), address_of(one)) for one in versions],
        "idea": idea_sentences(notes.get("known", []), notes.get("unknown", [])),
        "words": _version_words(shown),
        "drawn_by": _company({one.pk: one.drawn_by for one in versions}, shown, root),
        "free_edits": free_edits_left(shown),
        "edit_price": EDIT.price,
        "edit_unavailable": EDIT.unavailable_reason(finish_of(shown)),
        "verdict": verdict_sentence(shown.verdict),
        "days_left": (preview.expires_at - timezone.now()).days if preview else 0,
        "is_whole": job.mode in COMPARED and _is_whole(job.params) and _is_whole(shown.params),
        "retune_form": None if finish_of(shown) == "full_color" else RetuneForm(render=shown),
        "faces_notice": face_notice.is_due(request, shown),
        "pdf_form": print_form(shown),
        "book": _book_of(shown),
        "feedback": said,
        "can_be_offered": can_be_offered(shown),
        "offered": CommunityPicture.objects.filter(render=shown).first(),
        "feedback_form": form_of(said),
    }


def _company(drawn_by: dict[UUID, str | None], shown: Render, root: Render) -> str:
    """Whose model drew a picture, or the one that it is another look at; "" is ourselves."""
    name = drawn_by.get(shown.pk) or drawn_by.get(root.pk)
    return COMPANIES.get(name or "", "")


def _version_words(render: Render) -> str:
    """Under the small picture of a version: what was said for it, else its lines and paper."""
    if render.job.mode == EDIT.name and render.version == 1:
        return Truncator(render.prompt).chars(LONGEST_SAYING)
    return _("First picture") if finish_of(render) == "full_color" else version_words(render.params)


def _book_of(render: Render) -> Job | None:
    """The book that the picture is a page of."""
    job = render.job.root.job if render.job.root else render.job
    return job if MODES[job.mode].makes_pages else None


def _is_whole(params: dict[str, Any]) -> bool:
    """Whether a page shows all of its photo, so that the two can be compared."""
    return bool(params.get("background", True))


def _sheet(params: dict[str, str], picture: Asset | None) -> str:
    """Paper and turn of the sheet for a picture, as the style sheet names them: "a4-portrait"."""
    width, height = (picture.width or 0, picture.height or 0) if picture else (0, 0)
    return f"{params['paper']}-{'landscape' if width > height else 'portrait'}"


def _asset(render: Render, kind: str) -> Asset | None:
    return next((asset for asset in render.assets.all() if asset.kind == kind), None)
