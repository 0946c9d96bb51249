"""The figures 0 to 9 of our own font as outlines, so that a page carries no font and looks the same everywhere."""

import math
from functools import cache
from pathlib import Path

FONT = Path(__file__).resolve().parents[3] / "static" / "fonts" / "open-sans-latin-400.woff2"
EM = 2048  # units of the font
ADVANCE, LOW, HIGH = 1171, -21, 1485  # all figures are as wide, and lie between these heights over the line
MM_PER_PT = 25.4 / 72


def half_diagonal_pt(number: int) -> float:
    """Radius of the circle around this number, for one point of font size, in points."""
    return math.hypot(len(str(number)) * ADVANCE, HIGH - LOW) / 2 / EM


@cache
def outlines() -> dict[str, str]:
    """SVG path data of each figure in font units, y upwards, from its left edge on the line."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.ttLib import TTFont

    font = TTFont(FONT)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    found = {}
    for figure in "0123456789":
        pen = SVGPathPen(glyphs)
        glyphs[names[ord(figure)]].draw(pen)
        found[figure] = pen.getCommands()
    return found


def figure_shapes() -> str:
    """SVG definitions of the figures, for `placed`."""
    shapes = (f'<path id="figure{figure}" d="{path}"/>' for figure, path in outlines().items())
    return f"<defs>{''.join(shapes)}</defs>"


def placed(number: int, x: float, y: float, size: float) -> str:
    """SVG of a number whose middle is at x, y and whose font size is `size`, all in the drawing's units."""
    scale, figures = size / EM, str(number)
    left = x - scale * ADVANCE * len(figures) / 2
    line = y + scale * (HIGH + LOW) / 2
    return "".join(
        f'<use href="#figure{figure}" transform="translate({left + scale * ADVANCE * place:.2f} {line:.2f})'
        f' scale({scale:.5f} -{scale:.5f})"/>'
        for place, figure in enumerate(figures)
    )
