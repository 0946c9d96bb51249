"""A book: asked for from many photos, and put in order when its pages are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations.access import get_job, get_photos
from generations.actions import arrange_book, submit
from generations.actions.arrange_book import LONGEST
from generations.book import Page, all_pages, chosen_pages, left_out
from generations.forms.base import complexity_choices
from generations.forms.book import ArrangeForm, NewBookForm
from generations.models import Asset, Job
from generations.modes import MODES
from generations.progress import progress_of
from generations.states import RenderError
from generations.views.addresses import address_of
from generations.views.consent import is_asked_for, to_consent
from generations.views.drawing import around_the_button, refused
from generations.views.fragments import is_fragment, render_part
from generations.views.make import usual_choices
from generations.views.strip import photos_in_strip

SESSION_KEY = "book"  # what was chosen, until the family has said who may draw
KEPT = ("complexity", "line_thickness", "paper", "title", "child_name")


@dataclass(frozen=True)
class Row:
    """A page as the overview shows it."""

    page: Page
    name: str  # "Photo 3", "Page 3": the same wherever it stands
    words: list[forms.BoundField]
    address: str  # of the page alone; "" while there is nothing to show
    problem: str  # why it is not there


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Which photos, and how; for htmx only what the book costs with the photos that are ticked."""
    photos = photos_in_strip(request)[::-1]
    data = request.POST if request.method == "POST" else None
    form = NewBookForm(data, photos=photos, initial=_initial(request, photos))
    if form.is_bound and form.is_valid():
        return _submit(request, photos, form)
    return _page(request, photos, form, status=400 if form.is_bound else 200)


@require_POST
@signed_in
def arrange(request: SignedInRequest, job_id: str) -> HttpResponse:
    """Order, words and captions, all at once."""
    job = get_job(request.user, job_id)
    has_titles = MODES[job.mode].plans_first
    form = ArrangeForm(request.POST, pages=_named(request, all_pages(job)), has_titles=has_titles)
    if not form.is_valid():
        return book_page(request, job, problem=_("Please check your choices."), status=400)
    try:
        arrange_book(
            job=job,
            order=form.cleaned_data["order"],
            captions=form.captions,
            titles=form.titles,
            **form.words,
        )
    except AppError as error:
        return book_page(request, job, problem=error.message, status=error.status)
    return book_page(request, job) if is_fragment(request) else redirect("generations:job", job.pk)


def shows_book(request: HttpRequest, job: Job) -> bool:
    """Whether a job's address shows a book, and not one of its pages."""
    if not MODES[job.mode].makes_pages or job.root_id or (job.has_ended and "picture" in request.GET):
        return False
    return not job.has_ended or job.renders.delivered().exists()


def book_page(
    request: HttpRequest, job: Job, *, problem: str = "", mark: str = "", status: int = 200
) -> HttpResponse:
    """The pages of a book in order, or how far it is; for htmx the changing part. `mark`: what its next poll has seen."""
    pages = all_pages(job)
    is_set = MODES[job.mode].plans_first
    words = {name: getattr(job, name) for name in LONGEST}
    form = ArrangeForm(pages=pages, has_titles=is_set, **words)
    context: dict[str, object] = {
        "job": job,
        "mark": mark,
        "progress": progress_of(job, at=timezone.now()),
        "rows": [_row(job, form, page) for page in chosen_pages(job, pages)],
        "left_out": [_row(job, form, page) for page in left_out(job, pages)],
        "is_set": is_set,
        "is_picture": MODES[job.mode].finish_of(job.params) == "full_color",
        "form": form,
        "complexities": complexity_choices(),
        "redo_key": uuid4().hex,
        "price": MODES["coloring"].price,
        "problem": problem,
    }
    return render_part(request, "generations/book.html", "book-state", context, status=status)


def _row(job: Job, form: ArrangeForm, page: Page) -> Row:
    name = _("Page %(number)d") if MODES[job.mode].plans_first else _("Photo %(number)d")
    address = address_of(page.shown) if page.shown else ""
    code = "" if page.shown else page.newest.error_code
    problem = str(RenderError(code).label) if code else ""
    number = {"number": page.position + 1}
    return Row(page, name % number, form.fields_of(page), address, problem)


def _named(request: HttpRequest, pages: Sequence[Page]) -> list[Page]:
    """The pages whose captions the form sent."""
    return [page for page in pages if f"caption-{page.position}" in request.POST]


def _initial(request: HttpRequest, photos: Sequence[Asset]) -> dict[str, object]:
    """All photos ticked; what was chosen before, where the family was asked in between. htmx asks with what is ticked."""
    ticked = request.GET.getlist("photos") if is_fragment(request) else [str(photo.pk) for photo in photos]
    return {**usual_choices(request), "photos": ticked, **request.session.get(SESSION_KEY, {})}


def _submit(request: SignedInRequest, photos: Sequence[Asset], form: NewBookForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        job = submit(
            user=request.user,
            mode="book",
            params=form.params,
            photos=get_photos(request.user, data["photos"]),
            idempotency_key=data["idempotency_key"],
        )
    except AppError as error:
        if is_asked_for(error):
            request.session[SESSION_KEY] = {name: data[name] for name in (*KEPT, "photos")}
            return to_consent(reverse("generations:book"))
        return refused(error, partial(_page, request, photos, form))
    request.session.pop(SESSION_KEY, None)
    return redirect("generations:job", job.pk)


def _page(
    request: SignedInRequest,
    photos: Sequence[Asset],
    form: NewBookForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    pages, price = len(form.chosen), MODES["book"].price
    context: dict[str, object] = {
        "form": form,
        "photos": photos,
        "chosen": form.chosen,
        "pages": pages,
        "credits": pages * price,
        "problem": problem,
        **around_the_button(request, "book"),
    }
    return render_part(request, "generations/new_book.html", "price", context, status=status)
