"""What stands on a printed sheet: a drawing over all of it, and words at their places. All lengths in mm."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generations.lineart.numbers import KeyEntry
    from generations.lineart.page import Rectangle

HEADER_MM = 14.0
FOOTER_MM = 9.0
MM_PER_PT = 25.4 / 72
LINE_HEIGHT = 1.2  # of a line of words, in font sizes
_LONGEST_TEXT = 160  # characters: more than fits on one line in the smallest size
_LARGEST_TITLE_PT = 22.0
_SMALLEST_TITLE_PT = 10.5
_CHILD_PT, _FOOTER_PT = 13.0, 8.0
_LETTER_EM = 0.6  # a letter of Open Sans Semibold is 0.57 em wide in English text


class PrintingUnavailable(Exception):
    """The system library that lays out text (pango) is missing here."""

    code = "SERVICE_UNAVAILABLE"
    message = "PDF files cannot be made on this server at the moment. SVG and PNG can be downloaded."


class PrintingFailed(Exception):
    """The drawing is no self-contained SVG and was not printed."""

    code = "INTERNAL_ERROR"
    message = "This page could not be made into a PDF."


@dataclass(frozen=True)
class Note:
    """One line of words, its box beginning at x, y; what does not fit its width ends in an ellipsis."""

    text: str
    x: float
    y: float
    width: float
    size_pt: float
    align: Literal["left", "center", "right"] = "left"
    is_bold: bool = False

    @property
    def height(self) -> float:
        return self.size_pt * MM_PER_PT * LINE_HEIGHT


@dataclass(frozen=True)
class PrintPage:
    """One sheet: `svg` spans all of it, the notes lie above."""

    svg: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Printout:
    """Sheets of one size; `key` tells the crayons of a page by number."""

    pages: tuple[PrintPage, ...]
    width_mm: float
    height_mm: float
    key: "tuple[KeyEntry, ...]" = ()


def one_line(text: str) -> str:
    """Any text as one line: control characters and line breaks become spaces, too long ends in an ellipsis."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


def title_pt(title: str, room_mm: float) -> float:
    """Size of a title in points so that it fits `room_mm` in one line; past the smallest size it is cut."""
    fitting = room_mm / MM_PER_PT / (_LETTER_EM * max(1, len(title)))
    return min(_LARGEST_TITLE_PT, max(_SMALLEST_TITLE_PT, fitting))


def room_for_text(title: str = "", child_name: str = "", footer: str = "") -> tuple[float, float]:
    """(header_mm, footer_mm) that a sheet must leave free of the picture for these words."""
    return (HEADER_MM if title.strip() else 0.0, FOOTER_MM if (child_name + footer).strip() else 0.0)


def words(area: "Rectangle", title: str = "", child_name: str = "", footer: str = "") -> tuple[Note, ...]:
    """The title at the top of an area, the child's name and the footer at its bottom; nothing for what is empty."""
    title, half = one_line(title), area.width / 2
    bottom = area.y + area.height
    notes = (
        Note(title, area.x, area.y, area.width, title_pt(title, area.width), "center", is_bold=True),
        _above(Note(one_line(child_name), area.x, bottom, half, _CHILD_PT, is_bold=True)),
        _above(Note(one_line(footer), area.x + half, bottom, half, _FOOTER_PT, "right")),
    )
    return tuple(note for note in notes if note.text)


def _above(note: Note) -> Note:
    """The note with its box ending where it began."""
    return replace(note, y=note.y - note.height)
