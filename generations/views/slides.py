"""The pictures and captions of a set, to take along."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations import face_notice
from generations.access import get_job
from generations.actions.export import ask_for_slides
from generations.book import captions_of, pages_of_book, state_of
from generations.models import Export, Job
from generations.serving import asset_response, file_name
from generations.views.fragments import render_part

SLIDES = Export.Kind.SLIDES


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def slides(request: SignedInRequest, job_id: str) -> HttpResponse:
    """The captions, and the newest ZIP of the pictures, or for a poll how far that is."""
    job = get_job(request.user, job_id)
    if request.method != "POST":
        return _page(request, job)
    try:
        ask_for_slides(job=job)
    except AppError as error:
        return _page(request, job, problem=error.message, status=error.status)
    return redirect("generations:slides", job.pk)


@require_safe
@signed_in
def download(request: SignedInRequest, job_id: str) -> HttpResponseBase:
    """The newest ZIP, as long as it is kept; else to where it is made."""
    job = get_job(request.user, job_id)
    export = Export.objects.newest_of(job, SLIDES)
    if face_notice.is_due_for(request, job) or export is None or export.asset is None:
        return redirect("generations:slides", job.pk)
    response = asset_response(request, export.asset, f"{file_name(job.title)}.zip", download=True)
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: SignedInRequest, job: Job, *, problem: str = "", status: int = 200) -> HttpResponse:
    pages = pages_of_book(job)
    export = Export.objects.newest_of(job, SLIDES)
    is_due = bool(pages) and face_notice.is_due_for(request, job)
    context: dict[str, object] = {
        "job": job,
        "export": export,
        "is_outdated": export is not None and export.wishes.get("state") != state_of(job, pages),
        "captions": captions_of(job, pages),
        "problem": problem,
        "faces_notice": is_due,
        "render": pages[0].shown if is_due else None,
        "faces_next": reverse("generations:slides", args=[job.pk]),
    }
    return render_part(request, "generations/slides.html", "state", context, status=status)
