"""The words of a book: its cover with a picture, its title page, and the captions beside its pictures."""

import textwrap
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.lineart import Paper, Sheet, page_to_svg
from generations.lineart.page import Rectangle
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import LINE_HEIGHT, MM_PER_PT, Note, PrintPage, one_line, words

TITLE_MM, OWNER_MM = 62.0, 40.0  # room above and below the picture of the cover
TITLE_PTS = (44, 36, 30, 25, 21, 17)
MOST_TITLE_LINES = 3
OWNER_PT, NAME_PT, SMALL_PT, CAPTION_PT = 14, 26, 12, 20
LETTER_EM = 0.6  # the mean width of a letter
SIGNATURE_MM = 100.0  # of the line to write a name on
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="{0:g}mm" height="{1:g}mm" viewBox="0 0 {0:g} {1:g}">{2}</svg>'


@dataclass(frozen=True)
class Words:
    """What stands on a cover; without a title it has a usual one, without a name a line to write it on."""

    title: str = ""
    child_name: str = ""

    @property
    def shown_title(self) -> str:
        return one_line(self.title) or _("My colouring book")


def cover(source: Source, paper: Paper, book: Words) -> PrintPage:
    """The title, the page as a picture below it, and whose book it is. Always upright."""
    sheet = _upright(paper, header_mm=TITLE_MM, footer_mm=OWNER_MM)
    area = inside(sheet)
    bottom = area.y + area.height - OWNER_MM
    line = "" if book.child_name.strip() else _signature(sheet, bottom + 27)
    svg = page_to_svg(source.laid_out(sheet), over=line)
    title = _centred_lines(book.shown_title, Rectangle(area.x, area.y, area.width, TITLE_MM), TITLE_PTS)
    owner = (
        Note(_("This book belongs to"), area.x, bottom + 8, area.width, OWNER_PT, "center"),
        Note(one_line(book.child_name), area.x, bottom + 16, area.width, NAME_PT, "center", is_bold=True),
    )
    return PrintPage(svg, (*title, *(note for note in owner if note.text)))


def pages_to_colour(pages: int) -> str:
    return ngettext("%(pages)d page to colour", "%(pages)d pages to colour", pages) % {"pages": pages}


def pictures_in_colour(pages: int) -> str:
    return ngettext("%(pages)d picture", "%(pages)d pictures", pages) % {"pages": pages}


def title_page(paper: Paper, book: Words, count: str, footer: str) -> PrintPage:
    """The title once more, for whom, how many pages there are, and when it was made."""
    sheet = _upright(paper)
    area = inside(sheet)
    upper = Rectangle(area.x, area.y + area.height * 0.25, area.width, TITLE_MM)
    below = (one_line(book.child_name), count, date_format(timezone.localdate(), "F Y"))
    y = upper.y + upper.height + 8
    notes = [
        Note(text, area.x, y + 10 * place, area.width, SMALL_PT, "center") for place, text in enumerate(below)
    ]
    title = _centred_lines(book.shown_title, upper, TITLE_PTS[2:])
    kept = tuple(note for note in notes if note.text)
    return PrintPage(empty_svg(sheet), (*title, *kept, *words(area, footer=footer)))


def caption_page(text: str, sheet: Sheet) -> PrintPage:
    """A caption in the middle of a side as large as its picture's."""
    return PrintPage(empty_svg(sheet), _centred_lines(one_line(text), inside(sheet), (CAPTION_PT, 16, 13)))


def empty_svg(sheet: Sheet) -> str:
    return EMPTY.format(sheet.width_mm, sheet.height_mm, "")


def _upright(paper: Paper, header_mm: float = 0, footer_mm: float = 0) -> Sheet:
    return Sheet(paper.width_mm, paper.height_mm, paper.margin_mm, header_mm, footer_mm)


def _centred_lines(text: str, area: Rectangle, sizes: tuple[int, ...]) -> tuple[Note, ...]:
    """The text in the largest size in which it needs few lines, in the middle of the area."""
    size, lines = next(
        (
            (size, lines)
            for size in sizes
            if len(lines := _wrapped(text, size, area.width)) <= MOST_TITLE_LINES
        ),
        (sizes[-1], _wrapped(text, sizes[-1], area.width)),
    )
    height = size * MM_PER_PT * LINE_HEIGHT
    top = area.y + (area.height - height * len(lines)) / 2
    return tuple(
        Note(line, area.x, top + height * place, area.width, size, "center", is_bold=True)
        for place, line in enumerate(lines)
    )


def _wrapped(text: str, size_pt: float, width_mm: float) -> list[str]:
    return textwrap.wrap(text, max(1, int(width_mm / (size_pt * MM_PER_PT * LETTER_EM))))


def _signature(sheet: Sheet, y: float) -> str:
    """A line to write on, in the grid of a page's SVG."""
    from generations.lineart.svg import UNITS_PER_MM

    x = (sheet.width_mm - SIGNATURE_MM) / 2
    start, length = f"{round(x * UNITS_PER_MM)} {round(y * UNITS_PER_MM)}", round(SIGNATURE_MM * UNITS_PER_MM)
    return f'<path fill="none" stroke="#000" stroke-width="8" d="M{start}h{length}"/>'
