"""Pages on paper."""

from typing import Any, get_args

from django.http import HttpRequest, HttpResponseBase
from ninja import Field, Router, Status
from pydantic import ValidationInfo, field_validator

from accounts.models import User
from config.api_auth import caller
from config.envelope import Ok, answers, file_answers, file_types
from generations import schemas
from generations.access import get_collection, get_job, get_pdf, get_renders, renders_in
from generations.actions.export import MOST_TOGETHER, ask_for_book, ask_for_pictures
from generations.actions.keep_pdf import keep_pdf
from generations.api import present
from generations.models import Export, Render
from generations.printing.wishes import (
    Backs,
    BookLayout,
    BookWishes,
    CrayonSet,
    Layout,
    PosterSheets,
    SeveralWishes,
    Wishes,
)
from generations.serving import asset_response

router = Router(tags=["pdf"])


class PdfIn(schemas.Input):
    """One picture, or two for `two_up`, where one is printed twice: made at once. Up to 24 pictures in any order, those of
    the collection `collection_id`, or the book `job_id`: made in the background. Without a paper each page is laid out
    on its own."""

    layout: Layout = Field(
        "page",
        description="`color_by_number` has a key, `tracing` bold outlines alone, `two_up` two on one sheet",
    )
    job_id: str = Field("", description="A book; its layout is `page` or `color_by_number`")
    collection_id: str = Field("", description="The pictures of a collection, in its order")
    render_ids: list[str] = Field(default_factory=list, max_length=MOST_TOGETHER, validate_default=True)
    backs: Backs = Field("none", description="Left sides of a book: none, blank, or with the captions")
    paper: schemas.Paper | None = None
    title: str = Field("", max_length=schemas.LONGEST_TEXT)
    child_name: str = Field("", max_length=schemas.LONGEST_TEXT)
    crayons: CrayonSet = Field(12, description="The crayon set of `color_by_number`")
    solution: bool = Field(True, description="A second sheet of `color_by_number` with every area painted")
    light: bool = Field(False, description="Light grey lines of `tracing`, to draw over")
    own_titles: bool = Field(False, description="Of several pictures each has its own title above it")
    poster_sheets: PosterSheets = Field(4, description="Over how many sheets a `poster` goes")

    @field_validator("job_id")
    @classmethod
    def _in_a_layout_of_books(cls, job_id: str, info: ValidationInfo) -> str:
        if job_id and info.data.get("layout") not in get_args(BookLayout):
            raise ValueError("A book is printed as page or color_by_number.")
        return job_id

    @field_validator("render_ids")
    @classmethod
    def _one_of_three(cls, render_ids: list[str], info: ValidationInfo) -> list[str]:
        if "job_id" not in info.data:  # refused already
            return render_ids
        named = (render_ids, info.data["job_id"], info.data.get("collection_id"))
        if sum(map(bool, named)) != 1:
            raise ValueError("Please name pictures, a collection or a book.")
        return render_ids

    @property
    def wishes(self) -> Wishes:
        return Wishes(**self._printed, paper=self.paper or "")

    @property
    def several_wishes(self) -> SeveralWishes:
        return SeveralWishes(**self._printed, paper=self.paper or "", own_titles=self.own_titles)

    @property
    def _printed(self) -> dict[str, Any]:
        others = {"render_ids", "collection_id", "job_id", "backs", "paper", "own_titles"}
        return self.model_dump(exclude=others)

    @property
    def book_wishes(self) -> BookWishes:
        own = self.model_dump(include={"layout", "backs", "crayons", "solution"})
        return BookWishes(**own, paper=self.paper or "")


@router.post(
    "export",
    response=answers(schemas.Pdf, "NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE")
    | {202: Ok[schemas.Pdf]},
    summary="Make a PDF",
)
def pdf_export(request: HttpRequest, data: PdfIn) -> Status[Ok[schemas.Pdf]]:
    """Exact paper size, vector lines. A single sheet is made at once and kept for 90 days; several pictures and a book are
    made in the background (202) and kept for a day. A newer wish for several takes the place of one still being made."""
    user = caller(request)
    if data.job_id:
        return _promised(ask_for_book(job=get_job(user, data.job_id), wishes=data.book_wishes))
    renders = _renders_of(user, data)
    if len(renders) == 1 or (len(renders) == 2 and data.layout == "two_up"):
        kept = keep_pdf(renders=renders, wishes=data.wishes)
        return Status(200, Ok[schemas.Pdf](data=present.pdf(kept)))
    return _promised(ask_for_pictures(renders=renders, wishes=data.several_wishes))


def _renders_of(user: User, data: PdfIn) -> list[Render]:
    if data.collection_id:
        return renders_in(get_collection(user, data.collection_id))
    return get_renders(user, data.render_ids)


def _promised(export: Export) -> Status[Ok[schemas.Pdf]]:
    return Status(202, Ok[schemas.Pdf](data=present.promised_pdf(export)))


@router.get(
    "{pdf_id}",
    response=file_answers("NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("application/pdf"),
    summary="The PDF itself",
)
def pdf_read(request: HttpRequest, pdf_id: str) -> HttpResponseBase:
    """The file, to print or to keep. One that is made in the background answers CONFLICT until it is ready, GONE
    when it could not be made."""
    return asset_response(request, get_pdf(caller(request), pdf_id), "colouring-page.pdf")
