"""Bold outlines alone: to put under thin paper, or in light grey to draw over."""

from collections.abc import Sequence
from dataclasses import replace

from generations.lineart import LineThickness, Page, Sheet, page_to_svg
from generations.lineart.page import Strokes
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import Printout, PrintPage
from generations.printing.wishes import Wishes

TRACING_MM = 2.5
BLACK, LIGHT = "#000", "#aaa"


def tracing(sources: Sequence[Source], wishes: Wishes) -> Printout:
    """The first source's outlines, laid out for the thickest lines so that there is room between them."""
    source = sources[0]
    sheet = _inset(source.sheet(wishes))
    outlines = outlines_of(source.laid_out(sheet, line_thickness=LineThickness.THICK.value))
    svg = page_to_svg(outlines, ink=LIGHT if wishes.light else BLACK)
    area = inside(source.sheet(wishes))
    return Printout((PrintPage(svg, source.words(wishes, area)),), sheet.width_mm, sheet.height_mm)


def _inset(sheet: Sheet) -> Sheet:
    """Further from the rim, by as much as the frame grows outwards."""
    return replace(sheet, margin_mm=sheet.margin_mm + (TRACING_MM - LineThickness.THICK.width_mm) / 2)


def outlines_of(page: Page) -> Page:
    """The page without details and dots, all its outlines TRACING_MM wide."""
    bold = (group for group in page.strokes if group.width_mm >= LineThickness.THICK.width_mm)
    lines = tuple(line for group in bold for line in group.lines)
    return replace(page, strokes=(Strokes(TRACING_MM, lines),), fills=())
