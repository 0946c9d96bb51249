"""What stands on a printed page, and how much room its words need. All lengths in mm."""

from dataclasses import dataclass

HEADER_MM = 14.0
FOOTER_MM = 9.0
_LONGEST_TEXT = 160  # characters: more than fits on one line in the smallest size
# Title: up to so many characters, in this size (pt). Fits the width of A4 with wide letters.
_TITLE_SIZES_PT = ((36, 22.0), (54, 15.0), (_LONGEST_TEXT, 10.5))


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

    @property
    def title_pt(self) -> float:
        """Size of the title in points, smaller when it is long."""
        length = len(one_line(self.title))
        return next(size for longest, size in _TITLE_SIZES_PT if length <= longest)


def room_for_text(title: str = "", child_name: str = "", footer: str = "") -> tuple[float, float]:
    """(header_mm, footer_mm) that a sheet must leave free of the picture for these words."""
    return (HEADER_MM if title.strip() else 0.0, FOOTER_MM if (child_name + footer).strip() else 0.0)
