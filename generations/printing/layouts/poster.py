"""A poster over 4 or 9 sheets, which overlap and are put together by their marks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from generations.lineart import Page, Sheet, page_to_svg
from generations.lineart.page import Rectangle
from generations.lineart.svg import UNITS_PER_MM
from generations.printing.layouts.geometry import cut, moved
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import Note, Printout, PrintPage
from generations.printing.wishes import Wishes

OVERLAP_MM = 10.0
MARK_MM = 3.0
LABEL_PT = 7.0
MARK_STYLE = 'fill="none" stroke="#777" stroke-width="5"'


@dataclass(frozen=True)
class Tile:
    """A sheet of the poster: its row and column, and the part of the poster that it shows."""

    row: int
    column: int
    window: Rectangle

    @property
    def label(self) -> str:
        """A1 is the first of the first row, B1 the one below."""
        return f"{chr(ord('A') + self.row)}{self.column + 1}"


def poster(sources: Sequence[Source], wishes: Wishes) -> Printout:
    """The first source, composed for all the sheets together with lines as wide as ever, and cut into sheets."""
    source, side = sources[0], math.isqrt(wishes.poster_sheets)
    sheet = Sheet.for_picture(source.paper(wishes), source.aspect)
    whole = whole_sheet(source, wishes, sheet, side)
    page = source.laid_out(whole)
    notes = source.words(wishes, Rectangle(0, 0, whole.width_mm, whole.height_mm))
    pages = tuple(_tile_page(page, notes, sheet, tile, side) for tile in tiles(sheet, side))
    return Printout(pages, sheet.width_mm, sheet.height_mm)


def whole_sheet(source: Source, wishes: Wishes, sheet: Sheet, side: int) -> Sheet:
    """The poster without margins, as large as `side` by `side` sheets that overlap."""
    area = inside(sheet)
    width, height = (side * length - (side - 1) * OVERLAP_MM for length in (area.width, area.height))
    return replace(source.sheet(wishes), width_mm=width, height_mm=height, margin_mm=0)


def tiles(sheet: Sheet, side: int) -> Iterator[Tile]:
    """The sheets row by row."""
    area = inside(sheet)
    for row in range(side):
        for column in range(side):
            x, y = column * (area.width - OVERLAP_MM), row * (area.height - OVERLAP_MM)
            yield Tile(row, column, Rectangle(x, y, area.width, area.height))


def _tile_page(page: Page, notes: Sequence[Note], sheet: Sheet, tile: Tile, side: int) -> PrintPage:
    area = inside(sheet)
    x, y = area.x - tile.window.x, area.y - tile.window.y
    part = replace(moved(cut(page, tile.window), x, y), sheet=sheet)
    shown = tuple(
        replace(note, x=note.x + x, y=note.y + y) for note in notes if _is_inside(note, tile.window)
    )
    svg = page_to_svg(part, over=_margin(sheet) + _marks(sheet, tile, side))
    return PrintPage(svg, (*shown, _label(sheet, tile)))


def _is_inside(note: Note, window: Rectangle) -> bool:
    """Words are printed on the sheets that show any of them."""
    return (
        note.x < window.x + window.width
        and note.x + note.width > window.x
        and note.y < window.y + window.height
        and note.y + note.height > window.y
    )


def _margin(sheet: Sheet) -> str:
    """White over whatever the picture leaves in the margins."""
    area = inside(sheet)
    outer = f"M0 0h{_units(sheet.width_mm)}v{_units(sheet.height_mm)}H0z"
    corner, width, height = (
        f"{_units(area.x)} {_units(area.y)}",
        _units(area.width),
        _units(area.height),
    )
    return f'<path fill="#fff" fill-rule="evenodd" d="{outer}M{corner}h{width}v{height}h-{width}z"/>'


def _marks(sheet: Sheet, tile: Tile, side: int) -> str:
    """Short lines in the margins where the next sheet's picture begins."""
    area, paths = inside(sheet), list[tuple[float, float, float, float]]()
    right, bottom = area.x + area.width, area.y + area.height
    if tile.column + 1 < side:
        x = right - OVERLAP_MM
        paths += [(x, area.y - MARK_MM, 0, MARK_MM), (x, bottom, 0, MARK_MM)]
    if tile.row + 1 < side:
        y = bottom - OVERLAP_MM
        paths += [(area.x - MARK_MM, y, MARK_MM, 0), (right, y, MARK_MM, 0)]
    lines = "".join(f"M{_units(x)} {_units(y)}l{_units(dx)} {_units(dy)}" for x, y, dx, dy in paths)
    return f'<path {MARK_STYLE} d="{lines}"/>' if lines else ""


def _label(sheet: Sheet, tile: Tile) -> Note:
    """The name of the sheet and what to do with it, in the margin below."""
    area = inside(sheet)
    text = _("Sheet %(label)s. %(how)s") % {"label": tile.label, "how": _how(tile)}
    return Note(text, area.x + 5, area.y + area.height + 0.8, area.width - 10, LABEL_PT)


def _how(tile: Tile) -> str:
    if tile.row and tile.column:
        return _("Cut off the white edges on the left and at the top, and glue it on up to the marks.")
    if tile.row:
        return _("Cut off the white edge at the top, and glue it on up to the marks.")
    if tile.column:
        return _("Cut off the white edge on the left, and glue it on up to the marks.")
    return _("Begin with this one.")


def _units(mm: float) -> int:
    return round(mm * UNITS_PER_MM)
