"""A page by number as SVG: the lines with figures, and the same page painted."""

import cv2
import numpy as np
from scipy.ndimage import find_objects

from generations.lineart.arrays import Mask
from generations.lineart.numbers.areas import Areas
from generations.lineart.numbers.crayons import CRAYONS, WHITE
from generations.lineart.numbers.digits import MM_PER_PT, figure_shapes, placed
from generations.lineart.numbers.numbered import NumberedPage
from generations.lineart.svg import UNITS_PER_MM, page_to_svg

FIGURE_INK = "#777"  # pale enough to be coloured over, dark enough to be read
TINT = 0.55  # of a crayon's colour, where a small area is coloured already: no black blot, on any printer
TOLERANCE_PX = 0.7  # of the painted outlines, which lie under the middle of the strokes


def numbered_svg(numbered: NumberedPage, *, over: str = "") -> str:
    """The page to be coloured: figures as outlines, areas too small for one already in their colour.

    `over` are SVG elements in grid units that lie above all.
    """
    under = _paint(numbered, numbered.filled, TINT)
    return page_to_svg(numbered.page, under=under, over=_figures(numbered) + over)


def solution_svg(numbered: NumberedPage, *, over: str = "") -> str:
    """The same page with every area painted; `over` as above."""
    return page_to_svg(numbered.page, under=_paint(numbered, numbered.numbers != WHITE, 1), over=over)


def _figures(numbered: NumberedPage) -> str:
    unit = UNITS_PER_MM
    figures = (
        placed(each.number, each.x * unit, each.y * unit, each.size_pt * MM_PER_PT * unit)
        for each in numbered.figures
    )
    return f'{figure_shapes()}<g fill="{FIGURE_INK}">{"".join(figures)}</g>'


def _paint(numbered: NumberedPage, wanted: Mask, opacity: float) -> str:
    """The wanted areas (N,) in the colours of their crayons, mixed with white, up to the middle of the strokes."""
    outlines: dict[int, list[str]] = {}
    for area, window in enumerate(find_objects(numbered.areas.grown)):
        if window is not None and wanted[area]:
            inside = numbered.areas.grown[window] == area + 1
            corner = (window[1].start, window[0].start)
            outlines.setdefault(int(numbered.numbers[area]), []).append(
                _outline(inside, corner, numbered.areas)
            )
    return "".join(
        f'<path fill="{CRAYONS[number - 1].mixed(opacity)}" fill-rule="evenodd" d="{"".join(paths)}"/>'
        for number, paths in sorted(outlines.items())
    )


def _outline(inside: Mask, corner: tuple[int, int], areas: Areas) -> str:
    """Path data of an area with its holes, in grid units of the sheet."""
    contours, _ = cv2.findContours(inside.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    at = np.array([areas.left + corner[0], areas.top + corner[1]]) + 0.5
    paths = []
    for contour in contours:
        line = cv2.approxPolyDP(contour, TOLERANCE_PX, True).reshape(-1, 2)
        points = np.round((line + at) / areas.px_per_mm * UNITS_PER_MM).astype(np.int64)
        steps = " ".join(f"{x} {y}" for x, y in points[1:].tolist())
        paths.append(f"M{points[0][0]} {points[0][1]}L{steps}z" if steps else "")
    return "".join(paths)
