"""Pages on paper."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Router, Status

from config.api_auth import caller
from config.envelope import Ok, answers, file_answers, file_types
from generations import schemas
from generations.access import get_job, get_pdf, get_render
from generations.actions.export import ask_for_book
from generations.actions.keep_pdf import keep_pdf
from generations.api import present
from generations.serving import asset_response

router = Router(tags=["pdf"])


@router.post(
    "export",
    response=answers(schemas.Pdf, "NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE")
    | {202: Ok[schemas.Pdf]},
    summary="Make a PDF",
)
def pdf_export(request: HttpRequest, data: schemas.PdfIn) -> Status[Ok[schemas.Pdf]]:
    """Exact paper size, vector lines; made at once and kept for 90 days. Two pictures go on one sheet with `two_up`. A book
    is made in the background (202) and kept for a day."""
    user = caller(request)
    if data.job_id:
        export = ask_for_book(job=get_job(user, data.job_id), wishes=data.book_wishes)
        return Status(202, Ok[schemas.Pdf](data=present.book_pdf(export)))
    renders = [get_render(user, render_id) for render_id in data.render_ids]
    return Status(200, Ok[schemas.Pdf](data=present.pdf(keep_pdf(renders=renders, wishes=data.wishes))))


@router.get(
    "{pdf_id}",
    response=file_answers("NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("application/pdf"),
    summary="The PDF itself",
)
def pdf_read(request: HttpRequest, pdf_id: str) -> HttpResponseBase:
    """The file, to print or to keep. That of a book answers CONFLICT until it is ready, GONE when it could not be made."""
    return asset_response(request, get_pdf(caller(request), pdf_id), "colouring-page.pdf")
