"""A page on paper: its PDF, what it will look like, and a test page for the printer."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations import face_notice
from generations.access import get_render
from generations.forms.printing import PrintForm
from generations.printing.export import export_pdf, print_out
from generations.printing.preview import preview_svg
from generations.printing.ruler import ruler_pdf
from generations.printing.wishes import Wishes
from generations.serving import file_name, with_file_headers
from generations.views.fragments import render_part
from generations.wording import PAPERS


@require_safe
@signed_in
def pdf(request: SignedInRequest, render_id: str) -> HttpResponseBase:
    render = get_render(request.user, render_id)
    if face_notice.is_due(request, render):
        return face_notice.to_notice(render)
    wishes = _wishes(PrintForm(request.GET))
    name = f"{file_name(wishes.title or render.title)}.pdf"
    return _pdf_response(export_pdf(renders=[render], wishes=wishes), name)


@vary_on_headers("HX-Request")
@require_safe
@signed_in
def preview(request: SignedInRequest, render_id: str) -> HttpResponse:
    """What the sheets will look like, with the form to print them."""
    render = get_render(request.user, render_id)
    if face_notice.is_due(request, render):
        return face_notice.to_notice(render)
    form = PrintForm(request.GET)
    printout = print_out(renders=[render], wishes=_wishes(form))
    context: dict[str, object] = {
        "render": render,
        "pdf_form": form,
        "sheets": mark_safe(preview_svg(printout)),  # noqa: S308  # made by us, with every word escaped
        "count": len(printout.pages),
        "key": printout.key,
    }
    return render_part(request, "generations/print.html", "preview", context)


@require_safe
def test_page(request: HttpRequest, paper: str) -> HttpResponseBase:
    """For anybody: it shows nothing of anybody."""
    if paper not in PAPERS:
        raise Http404
    return _pdf_response(ruler_pdf(paper), f"test-page-{paper}.pdf")


def _wishes(form: PrintForm) -> Wishes:
    """Raises AppError VALIDATION_ERROR when something is chosen that there is not."""
    if not form.is_valid():
        details = form.errors.get_json_data()
        raise AppError("VALIDATION_ERROR", _("Please check your choices."), details=details)
    return form.wishes


def _pdf_response(data: bytes, name: str) -> HttpResponseBase:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return with_file_headers(response)
