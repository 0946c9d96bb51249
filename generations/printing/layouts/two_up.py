"""Two pages on one sheet, to be cut in the middle."""

from collections.abc import Sequence
from dataclasses import replace

from generations.lineart import Sheet, page_to_svg
from generations.lineart.page import Rectangle
from generations.lineart.svg import UNITS_PER_MM
from generations.printing.layouts.geometry import moved, together
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import Printout, PrintPage
from generations.printing.wishes import Wishes

CUT_STYLE = 'fill="none" stroke="#999" stroke-width="5" stroke-dasharray="40 40"'


def two_up(sources: Sequence[Source], wishes: Wishes) -> Printout:
    """The first and the last source, each composed anew for its half: the same page twice when there is one."""
    whole = _whole(sources[0], wishes)
    halves = [_half(whole, number) for number in (0, 1)]
    pages, notes = [], []
    for source, half in zip((sources[0], sources[-1]), halves, strict=True):
        own = replace(wishes, title=source.title or wishes.title)
        sheet = replace(source.sheet(own), width_mm=half.width, height_mm=half.height)
        pages.append(moved(source.laid_out(sheet), half.x, half.y))
        notes += [
            replace(note, x=note.x + half.x, y=note.y + half.y) for note in source.words(own, inside(sheet))
        ]
    svg = page_to_svg(together(pages, whole), over=_cut_line(whole, halves[1]))
    return Printout((PrintPage(svg, tuple(notes)),), whole.width_mm, whole.height_mm)


def _whole(source: Source, wishes: Wishes) -> Sheet:
    """The sheet across the picture, so that its halves lie as the picture does."""
    sheet = source.sheet(wishes)
    return replace(sheet, width_mm=sheet.height_mm, height_mm=sheet.width_mm)


def _half(whole: Sheet, number: int) -> Rectangle:
    width, height = whole.width_mm, whole.height_mm
    if width > height:
        return Rectangle(number * width / 2, 0, width / 2, height)
    return Rectangle(0, number * height / 2, width, height / 2)


def _cut_line(whole: Sheet, second: Rectangle) -> str:
    """A dashed line where the second half begins."""
    x, y = round(second.x * UNITS_PER_MM), round(second.y * UNITS_PER_MM)
    to = f"V{round(whole.height_mm * UNITS_PER_MM)}" if x else f"H{round(whole.width_mm * UNITS_PER_MM)}"
    return f'<path {CUT_STYLE} d="M{x} {y}{to}"/>'
