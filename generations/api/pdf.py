"""Pages on paper."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from ninja import Router

from config.api_auth import caller
from config.envelope import Ok, answers, file_answers, file_types
from generations import schemas
from generations.access import get_pdf, get_render
from generations.actions.keep_pdf import keep_pdf
from generations.printing.export import Wishes
from generations.serving import asset_response

router = Router(tags=["pdf"])


@router.post(
    "export",
    response=answers(schemas.Pdf, "NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE"),
    summary="Make a PDF",
)
def pdf_export(request: HttpRequest, data: schemas.PdfIn) -> Ok[schemas.Pdf]:
    """Exact paper size, vector lines; made at once and kept for 90 days."""
    render = get_render(caller(request), data.render_ids[0])
    wishes = Wishes(paper=data.paper or "", title=data.title, child_name=data.child_name)
    pdf = keep_pdf(render=render, wishes=wishes)
    url = reverse("api:pdf_read", args=[str(pdf.pk)])
    return Ok[schemas.Pdf](data=schemas.Pdf(id=pdf.pk, url=url, expires_at=pdf.expires_at))


@router.get(
    "{pdf_id}",
    response=file_answers("NOT_FOUND", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("application/pdf"),
    summary="The PDF itself",
)
def pdf_read(request: HttpRequest, pdf_id: str) -> HttpResponseBase:
    """The file, to print or to keep."""
    return asset_response(request, get_pdf(caller(request), pdf_id), "colouring-page.pdf")
