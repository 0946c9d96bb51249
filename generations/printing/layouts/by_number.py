"""Colour by number: the page with its figures, the key at its foot, and the solution."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from generations.lineart import Sheet
from generations.lineart.numbers import WHITE, KeyEntry, NumberedPage, number_page, numbered_svg, solution_svg
from generations.lineart.numbers.choice import MOST_CRAYONS
from generations.lineart.page import Rectangle
from generations.lineart.svg import UNITS_PER_MM
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import MM_PER_PT, Note, Printout, PrintPage, room_for_text
from generations.printing.wishes import Wishes

ENTRY_MM, ROW_MM = 44.0, 6.5  # least width and height of an entry
DOT_MM = 2.3  # radius of the spot of colour
NUMBER_PT, NAME_PT, HINT_PT = 11.0, 9.0, 7.5
GAP_MM, HINT_MM = 2.5, 4.0  # above the key, and for the hint below it


@dataclass(frozen=True)
class Cell:
    """Where an entry of the key stands: its left edge and the middle of its line."""

    entry: KeyEntry
    x: float
    y: float
    width: float


def color_by_number(sources: Sequence[Source], wishes: Wishes) -> Printout:
    """The first source with numbers, and unless it is not wanted a second sheet with all areas painted."""
    numbered, sheet = numbered_source(sources[0], wishes)
    cells = _cells(numbered.key, _key_area(sheet, sources[0], wishes))
    words, dots = sources[0].words(wishes, inside(sheet)), "".join(_dot(cell) for cell in cells)
    notes = (*words, *_names(cells), *_hint(numbered, cells, sheet))
    pages = [PrintPage(numbered_svg(numbered, over=dots), notes)]
    if wishes.solution:
        pages.append(PrintPage(solution_svg(numbered, over=dots), (*words, *_names(cells))))
    return Printout(tuple(pages), sheet.width_mm, sheet.height_mm, numbered.key)


def numbered_source(source: Source, wishes: Wishes) -> tuple[NumberedPage, Sheet]:
    """The page by number on a sheet with room for the key of the crayon set."""
    sheet = source.sheet(wishes)
    sheet = replace(sheet, footer_mm=sheet.footer_mm + _key_height(sheet, wishes.crayons))
    return number_page(source.laid_out(sheet), wishes.crayons, source.picture), sheet


def _columns(area: Rectangle) -> int:
    return int(area.width // ENTRY_MM)


def _key_height(sheet: Sheet, set_size: int) -> float:
    """Room for as many crayons as the page may have: before its areas are found nobody knows how many it has."""
    rows = math.ceil(min(set_size, MOST_CRAYONS) / _columns(inside(sheet)))
    return GAP_MM + rows * ROW_MM + HINT_MM


def _key_area(sheet: Sheet, source: Source, wishes: Wishes) -> Rectangle:
    area, height = inside(sheet), _key_height(sheet, wishes.crayons) - GAP_MM
    _, words_mm = room_for_text("", wishes.child_name, source.footer)
    return Rectangle(area.x, area.y + area.height - words_mm - height, area.width, height)


def _cells(key: Sequence[KeyEntry], area: Rectangle) -> list[Cell]:
    columns = _columns(area)
    width = area.width / columns
    return [
        Cell(entry, area.x + place % columns * width, area.y + (place // columns + 0.5) * ROW_MM, width)
        for place, entry in enumerate(key)
    ]


def _dot(cell: Cell) -> str:
    """A spot of the crayon's colour in a thin ring."""
    x, y, radius = (round(mm * UNITS_PER_MM) for mm in (cell.x + DOT_MM + 0.2, cell.y, DOT_MM))
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{cell.entry.crayon.hex}" stroke="#000" stroke-width="5"/>'


def _names(cells: Sequence[Cell]) -> list[Note]:
    notes = []
    for cell in cells:
        crayon, x = cell.entry.crayon, cell.x + 2 * DOT_MM + 1.2
        notes.append(_centred(Note(str(crayon.number), x, cell.y, 6, NUMBER_PT, is_bold=True)))
        notes.append(
            _centred(Note(_(crayon.name), x + 6, cell.y, cell.width - (x + 6 - cell.x) - 1, NAME_PT))
        )
    return notes


def _centred(note: Note) -> Note:
    """The note with its middle where it began."""
    return replace(note, y=note.y - note.height / 2)


def _hint(numbered: NumberedPage, cells: Sequence[Cell], sheet: Sheet) -> list[Note]:
    """What to do with areas that have no number, where there are any."""
    hints = []
    if (numbered.numbers == WHITE).any():
        hints.append(_("Areas without a number stay white."))
    if numbered.filled.any():
        hints.append(_("Small coloured spots are done already."))
    if not hints or not cells:
        return []
    y = max(cell.y for cell in cells) + ROW_MM / 2 + (HINT_MM - HINT_PT * MM_PER_PT) / 4
    return [Note(" ".join(hints), inside(sheet).x, y, inside(sheet).width, HINT_PT)]
