"""Pages on paper: PDF with vector lines, exact paper sizes and our own fonts."""

from generations.printing.pages import (
    Note,
    PrintingFailed,
    PrintingUnavailable,
    Printout,
    PrintPage,
    room_for_text,
    words,
)
from generations.printing.pdf import render_pdf

__all__ = [
    "Note",
    "PrintPage",
    "PrintingFailed",
    "PrintingUnavailable",
    "Printout",
    "render_pdf",
    "room_for_text",
    "words",
]
