"""Pages moved, put beside each other and cut, as values: lines stay lines, and as wide as they were."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.page import Line, Page, Rectangle, Sheet, Strokes


def moved(page: Page, x: float, y: float) -> Page:
    """The page's lines moved by x, y mm on the same sheet."""
    shift = np.array([x, y])

    def of(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(replace(line, points=line.points + shift) for line in lines)

    strokes = tuple(Strokes(group.width_mm, of(group.lines)) for group in page.strokes)
    picture = replace(page.picture, x=page.picture.x + x, y=page.picture.y + y)
    return replace(page, picture=picture, strokes=strokes, fills=of(page.fills))


def together(pages: Sequence[Page], sheet: Sheet) -> Page:
    """All lines of these pages on one sheet."""
    strokes = tuple(group for page in pages for group in page.strokes)
    fills = tuple(line for page in pages for line in page.fills)
    return Page(sheet, pages[0].picture, strokes, fills)


def cut(page: Page, window: Rectangle) -> Page:
    """The page with only those lines that come near the window, so that a part costs no more than it shows."""
    strokes = tuple(
        Strokes(group.width_mm, tuple(line for line in group.lines if _meets(line, window, group.width_mm)))
        for group in page.strokes
    )
    fills = tuple(line for line in page.fills if _meets(line, window, 0))
    return replace(page, strokes=strokes, fills=fills)


def _meets(line: Line, window: Rectangle, width: float) -> bool:
    """Whether the line's box, widened by its curves and its stroke, meets the window."""
    low, high = line.points.min(axis=0), line.points.max(axis=0)
    room = width + _bulge(line.points)
    outside = (low - room > (window.x + window.width, window.y + window.height)) | (
        high + room < (window.x, window.y)
    )
    return not outside.any()


def _bulge(points: Points) -> float:
    """How far a smooth curve can leave the box of its points: a third of its longest step."""
    return float(np.hypot(*np.diff(points, axis=0).T).max()) / 3 if len(points) > 1 else 0.0
