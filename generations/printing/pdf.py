"""Pages -> PDF by WeasyPrint, one sheet at a time."""

import io
import logging
from base64 import b64encode
from collections.abc import Sequence
from types import ModuleType

from django.template.loader import render_to_string

from generations.printing.fonts import FAMILIES, font_faces
from generations.printing.pages import LINE_HEIGHT, PrintingFailed, PrintingUnavailable, PrintPage


class _NoSilentErrors(logging.Filter):
    """WeasyPrint logs what it cannot draw, with the whole drawing in the message, and leaves the sheet empty.

    An empty sheet must not reach anyone, and no drawing belongs into a log: such an error is raised instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            raise PrintingFailed("The drawing is broken, or asks for something outside itself.")
        return True


_NO_SILENT_ERRORS = _NoSilentErrors()


def load_weasyprint() -> ModuleType:
    """The library, imported on first use: it takes a second, and fails where pango is missing."""
    try:
        import weasyprint
    except OSError as error:
        raise PrintingUnavailable(str(error)) from error
    logging.getLogger("weasyprint").addFilter(_NO_SILENT_ERRORS)
    return weasyprint


def _html(page: PrintPage, width_mm: float, height_mm: float) -> str:
    drawing = b64encode(page.svg.encode()).decode()
    context = {
        "width_mm": f"{width_mm:g}",
        "height_mm": f"{height_mm:g}",
        "line_height": LINE_HEIGHT,
        "font_faces": font_faces(),
        "families": FAMILIES,
        "drawing": f"data:image/svg+xml;base64,{drawing}",
        "title": page.notes[0].text if page.notes else "",
        "notes": page.notes,
    }
    return render_to_string("print/page.html", context)


def sheet_pdf(page: PrintPage, width_mm: float, height_mm: float) -> bytes:
    """One sheet. Raises PrintingUnavailable, PrintingFailed."""
    weasyprint = load_weasyprint()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    html = weasyprint.HTML(string=_html(page, width_mm, height_mm), url_fetcher=fetcher)
    try:
        return bytes(html.write_pdf())
    except FatalURLFetchingError as error:  # a BaseException: uncaught it would end the worker
        raise PrintingFailed("The drawing asks for something outside itself.") from error


def _joined(sheets: Sequence[bytes]) -> bytes:
    from pypdf import PdfWriter

    target, writer = io.BytesIO(), PdfWriter()
    for sheet in sheets:
        writer.append(io.BytesIO(sheet))
    writer.compress_identical_objects()
    writer.write(target)
    return target.getvalue()


def render_pdf(pages: Sequence[PrintPage], sheet_width_mm: float, sheet_height_mm: float) -> bytes:
    """A PDF of exactly this sheet size with one page for each of `pages`; lines stay vectors.

    Raises PrintingUnavailable when pango is missing, PrintingFailed when a drawing is no self-contained SVG,
    ValueError without pages. Each sheet is laid out on its own, so memory does not grow with a book's layout.
    """
    if not pages:
        raise ValueError("A PDF needs at least one page.")
    sheets = [sheet_pdf(page, sheet_width_mm, sheet_height_mm) for page in pages]
    return sheets[0] if len(sheets) == 1 else _joined(sheets)
