"""Sheets on a screen: the same drawings and words as in the PDF, as one SVG."""

import math
from html import escape

from generations.printing.pages import LINE_HEIGHT, MM_PER_PT, Note, Printout, PrintPage

GAP_MM = 8.0  # between sheets
PX_PER_MM = 96 / 25.4  # of CSS, in which nested drawings and millimetres are counted
RISE = 0.96  # of the font size: from the top of a line of words to the line they stand on
FONT = "Open Sans, sans-serif"
ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}


def preview_svg(printout: Printout) -> str:
    """All sheets of a printout beside and below each other, in rows as long as the columns."""
    columns = math.ceil(math.sqrt(len(printout.pages)))
    rows = math.ceil(len(printout.pages) / columns)
    width, height = printout.width_mm + GAP_MM, printout.height_mm + GAP_MM
    sheets = (
        _sheet(page, place % columns * width, place // columns * height)
        for place, page in enumerate(printout.pages)
    )
    box = ((columns * width - GAP_MM) * PX_PER_MM, (rows * height - GAP_MM) * PX_PER_MM)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]:.1f} {box[1]:.1f}">'
        f"{''.join(sheets)}</svg>"
    )


def _sheet(page: PrintPage, x: float, y: float) -> str:
    """A sheet at x, y mm. Its drawing is a document of its own: SVG takes it as a part."""
    notes = "".join(_words(note) for note in page.notes)
    drawing = page.svg.replace("<svg ", f'<svg x="{x}mm" y="{y}mm" ', 1)
    return f'{drawing}<g transform="translate({x * PX_PER_MM:.2f} {y * PX_PER_MM:.2f})">{notes}</g>'


def _words(note: Note) -> str:
    anchor, share = ANCHORS[note.align]
    x, y = note.x + share * note.width, note.y + (LINE_HEIGHT - 1) / 2 * note.size_pt * MM_PER_PT
    y += RISE * note.size_pt * MM_PER_PT
    weight = ' font-weight="600"' if note.is_bold else ""
    return (
        f'<text x="{x:.2f}mm" y="{y:.2f}mm" font-family="{FONT}" font-size="{note.size_pt:g}pt"{weight}'
        f' text-anchor="{anchor}">{escape(note.text)}</text>'
    )
