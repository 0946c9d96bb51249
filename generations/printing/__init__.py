"""Pages on paper: PDF with vector lines, exact paper sizes and our own fonts."""

from generations.printing.pages import (
    FOOTER_MM,
    HEADER_MM,
    PrintingFailed,
    PrintingUnavailable,
    PrintPage,
    room_for_text,
)
from generations.printing.pdf import render_pdf

__all__ = [
    "FOOTER_MM",
    "HEADER_MM",
    "PrintPage",
    "PrintingFailed",
    "PrintingUnavailable",
    "render_pdf",
    "room_for_text",
]
