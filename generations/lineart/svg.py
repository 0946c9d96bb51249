"""A page as SVG: whole sheet in mm, strokes as cubic curves on a grid of 1/20 mm."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points
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
        parts.append(f'<path fill="{ink}" d="{"".join(path_data(page.fills))}"/>')
    return "\n".join(part for part in (*parts, over, "</svg>") if part)


def _stroke_group(strokes: Strokes, ink: str) -> str:
    paths = "".join(f'<path d="{data}"/>' for data in path_data(strokes.lines))
    style = f'fill="none" stroke="{ink}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<g {style} stroke-width="{strokes.width_mm * UNITS_PER_MM:g}">{paths}</g>'


@lru_cache(maxsize=4)  # a page by number and its solution have the same lines
def path_data(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The `d` attribute of each line, in grid units, relative after the first point."""
    curves = {closed: _curves(lines, closed=closed) for closed in (False, True)}
    return tuple(_one_path(line, next(curves[line.closed]) if _is_curve(line) else None) for line in lines)


def _is_curve(line: Line) -> bool:
    return line.smooth and len(line.points) > 2


def _curves(lines: Sequence[Line], *, closed: bool) -> Iterator[Points]:
    """The Bezier pieces of the lines that are curves, in grid units."""
    curved = [line.points * UNITS_PER_MM for line in lines if line.closed == closed and _is_curve(line)]
    return iter(bezier_controls(curved, closed=closed))


def _one_path(line: Line, pieces: Points | None) -> str:
    grid = np.round(line.points * UNITS_PER_MM).astype(np.int64)
    steps = grid[1:] - grid[:-1] if pieces is None else _relative(np.round(pieces).astype(np.int64))
    letter = "l" if pieces is None else "c"
    return f"M{grid[0, 0]} {grid[0, 1]}{letter}{_numbers(steps)}{'z' if line.closed else ''}"


def _relative(pieces: NDArray[np.int64]) -> NDArray[np.int64]:
    """Absolute Bezier pieces (M,4,2) to the relative control and end points (M,3,2) of an SVG `c` command."""
    return pieces[:, 1:] - pieces[:, :1]


def _numbers(values: NDArray[np.int64]) -> str:
    return " ".join(map(str, values.ravel().tolist())).replace(" -", "-")
