"""What stands on a printed page, and how much room its words need. All lengths in mm."""

from dataclasses import dataclass

HEADER_MM = 14.0
FOOTER_MM = 9.0
_LONGEST_TEXT = 160  # characters: more than fits on one line in the smallest size
_LARGEST_TITLE_PT = 22.0
_SMALLEST_TITLE_PT = 10.5
_LETTER_EM = 0.6  # a letter of Open Sans Semibold is 0.57 em wide in English text
_PT_PER_MM = 72 / 25.4


class PrintingUnavailable(Exception):
    """The system library that lays out text (pango) is missing here."""

    code = "SERVICE_UNAVAILABLE"
    message = "PDF files cannot be made on this server at the moment. SVG and PNG can be downloaded."


class PrintingFailed(Exception):
    """The drawing is no self-contained SVG and was not printed."""

    code = "INTERNAL_ERROR"
    message = "This page could not be made into a PDF."


def one_line(text: str) -> str:
    """Any text as one line: control characters and line breaks become spaces, too long ends in an ellipsis."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


@dataclass(frozen=True)
class PrintPage:
    """One sheet. `svg` spans the whole sheet; title above, child's name and footer below the picture."""

    svg: str
    title: str = ""
    child_name: str = ""
    footer: str = ""


def title_pt(title: str, room_mm: float) -> float:
    """Size of a title in points so that it fits `room_mm` in one line; past the smallest size it is cut."""
    fitting = room_mm * _PT_PER_MM / (_LETTER_EM * max(1, len(title)))
    return min(_LARGEST_TITLE_PT, max(_SMALLEST_TITLE_PT, fitting))


def room_for_text(title: str = "", child_name: str = "", footer: str = "") -> tuple[float, float]:
    """(header_mm, footer_mm) that a sheet must leave free of the picture for these words."""
    return (HEADER_MM if title.strip() else 0.0, FOOTER_MM if (child_name + footer).strip() else 0.0)
