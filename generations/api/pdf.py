"""Pages on paper."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Router

from config.api_auth import caller
from config.envelope import Ok, answers, file_answers, file_types
from generations import schemas
from generations.access import get_pdf, get_render
from generations.actions.keep_pdf import keep_pdf
from generations.api import present
from generations.serving import asset_response

router = Router(tags=["pdf"])


@router.post(
    "export",
    response=answers(schemas.Pdf, "NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE"),
    summary="Make a PDF",
)
def pdf_export(request: HttpRequest, data: schemas.PdfIn) -> Ok[schemas.Pdf]:
    """Exact paper size, vector lines; made at once and kept for 90 days. Two pictures go on one sheet with `two_up`."""
    renders = [get_render(caller(request), render_id) for render_id in data.render_ids]
    return Ok[schemas.Pdf](data=present.pdf(keep_pdf(renders=renders, wishes=data.wishes)))


@router.get(
    "{pdf_id}",
    response=file_answers("NOT_FOUND", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("application/pdf"),
    summary="The PDF itself",
)
def pdf_read(request: HttpRequest, pdf_id: str) -> HttpResponseBase:
    """The file, to print or to keep."""
    return asset_response(request, get_pdf(caller(request), pdf_id), "colouring-page.pdf")
