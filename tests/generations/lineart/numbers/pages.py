"""Small pages made by hand."""

import numpy as np

from generations.lineart.arrays import Bytes
from generations.lineart.page import Fields, Line, Page, Rectangle, Sheet, Strokes

SIDE_MM = 90.0
LINE_MM = 0.8


def grid_page(colours: object) -> Page:
    """A picture of 90 x 90 mm, divided by straight lines into fields of these colours (R,C,3)."""
    rgb: Bytes = np.asarray(colours, np.uint8)
    rows, columns = rgb.shape[:2]
    labels = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    upright = [line((at, 0), (at, SIDE_MM)) for at in np.linspace(0, SIDE_MM, columns + 1)]
    level = [line((0, at), (SIDE_MM, at)) for at in np.linspace(0, SIDE_MM, rows + 1)]
    return page_of(*upright, *level, fields=Fields(labels, rgb.reshape(-1, 3)))


def page_of(*lines: Line, fields: Fields | None = None) -> Page:
    box = Rectangle(5, 5, SIDE_MM, SIDE_MM)
    return Page(Sheet(100, 100, 5), box, (Strokes(LINE_MM, lines),), (), fields)


def line(start: tuple[float, float], end: tuple[float, float]) -> Line:
    """A straight line, in mm from the corner of the picture."""
    return Line(np.array([start, end], np.float64) + 5, closed=False, smooth=False)
