"""A page as SVG: whole sheet in mm, strokes as cubic curves on a grid of 1/20 mm."""

import numpy as np
from numpy.typing import NDArray

from generations.lineart.curves import bezier_controls
from generations.lineart.page import Line, Page, Strokes

UNITS_PER_MM = 20


def page_to_svg(page: Page, *, ink: str = "#000", under: str = "", over: str = "") -> str:
    """The page as an SVG document, black on white. The same page gives the same text.

    `under` and `over` are SVG elements in grid units that lie below and above the lines, `ink` is the colour of all lines.
    """
    sheet = page.sheet
    width, height = (round(side * UNITS_PER_MM) for side in (sheet.width_mm, sheet.height_mm))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width_mm:g}mm" height="{sheet.height_mm:g}mm"'
        f' viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        under,
        *(_stroke_group(strokes, ink) for strokes in page.strokes if strokes.lines),
    ]
    if page.fills:
        parts.append(f'<path fill="{ink}" d="{"".join(path_data(line) for line in page.fills)}"/>')
    return "\n".join(part for part in (*parts, over, "</svg>") if part)


def _stroke_group(strokes: Strokes, ink: str) -> str:
    paths = "".join(f'<path d="{path_data(line)}"/>' for line in strokes.lines)
    style = f'fill="none" stroke="{ink}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<g {style} stroke-width="{strokes.width_mm * UNITS_PER_MM:g}">{paths}</g>'


def path_data(line: Line) -> str:
    """The `d` attribute of one line, in grid units, relative after the first point."""
    points = line.points * UNITS_PER_MM
    if line.smooth and len(points) > 2:
        steps = _relative(np.round(bezier_controls(points, closed=line.closed)).astype(np.int64))
        letter = "c"
    else:
        grid = np.round(points).astype(np.int64)
        steps = grid[1:] - grid[:-1]
        letter = "l"
    start = np.round(points[0]).astype(np.int64)
    return f"M{start[0]} {start[1]}{letter}{_numbers(steps)}{'z' if line.closed else ''}"


def _relative(pieces: NDArray[np.int64]) -> NDArray[np.int64]:
    """Absolute Bezier pieces (M,4,2) to the relative control and end points (M,3,2) of an SVG `c` command."""
    return pieces[:, 1:] - pieces[:, :1]


def _numbers(values: NDArray[np.int64]) -> str:
    return " ".join(map(str, values.ravel().tolist())).replace(" -", "-")
