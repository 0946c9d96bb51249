"""A book on paper: how it is printed, how far that is, the file."""

from dataclasses import asdict

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations import face_notice
from generations.access import get_job
from generations.actions.export import ask_for_book
from generations.book import pages_of_book
from generations.forms.book import PrintBookForm
from generations.models import Export, Job
from generations.modes import MODES
from generations.printing.wishes import BookWishes
from generations.serving import asset_response, file_name
from generations.views.fragments import render_part


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def print_book(request: SignedInRequest, job_id: str) -> HttpResponse:
    """The form with the newest file, or for a poll how far that is."""
    job = get_job(request.user, job_id)
    data = request.POST if request.method == "POST" else None
    has_lines = MODES[job.mode].finish_of(job.params) == "line_art"
    form = PrintBookForm(data, has_lines=has_lines, initial=_initial(job))
    if not form.is_bound or not form.is_valid():
        return _page(request, job, form, status=400 if form.is_bound else 200)
    try:
        ask_for_book(job=job, wishes=form.wishes)
    except AppError as error:
        return _page(request, job, form, problem=error.message, status=error.status)
    return redirect("generations:print_book", job.pk)


@require_safe
@signed_in
def download(request: SignedInRequest, job_id: str) -> HttpResponseBase:
    """The newest PDF of a book, as long as it is kept; else to where it is made."""
    job = get_job(request.user, job_id)
    export = Export.objects.of_book(job)
    if face_notice.is_due_for(request, job) or export is None or export.asset is None:
        return redirect("generations:print_book", job.pk)
    name = f"{file_name(job.title) if job.title else 'colouring-book'}.pdf"
    response = asset_response(request, export.asset, name, download=True)
    response["Cache-Control"] = "private, no-store"
    return response


def _initial(job: Job) -> dict[str, object]:
    """As it was printed last, else as its pages are."""
    export = Export.objects.of_book(job)
    usual = asdict(BookWishes(paper=job.params.get("paper", "")))
    return {**usual, **(export.wishes if export else {})}


def _page(
    request: SignedInRequest, job: Job, form: PrintBookForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    pages = pages_of_book(job)
    is_due = bool(pages) and face_notice.is_due_for(request, job)
    context: dict[str, object] = {
        "job": job,
        "form": form,
        "is_set": MODES[job.mode].plans_first,
        "pages": len(pages),
        "export": Export.objects.of_book(job),
        "problem": problem,
        "faces_notice": is_due,
        "render": pages[0].shown if is_due else None,
        "faces_next": reverse("generations:print_book", args=[job.pk]),
    }
    return render_part(request, "generations/print_book.html", "state", context, status=status)
