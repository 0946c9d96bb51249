"""Specks: white ones between nearly touching strokes become ink, short dashes that stand alone are left out."""

from dataclasses import replace

import cv2
import numpy as np

from generations.lineart.arrays import Mask, Points, components, polyline_length
from generations.lineart.page import MM_PER_INCH, Line, Page
from generations.lineart.raster import PRINT_DPI, ink

MOST_SPECK_MM2 = 2.2
MOST_SIDE_PX = 4000  # of the raster they are looked for on: a poster costs no more memory than a sheet
STUB_MM = 2.9  # a dash no longer than this looks like dirt, unless it belongs to something: an eye's corner to its pupil
BESIDE_MM = 0.3  # of a stub's rim: what it touches is seen there


def speck_fills(page: Page) -> list[Line]:
    """Filled outlines that cover every white speck of the page, found on its print raster (a coarser one for a poster).

    An outline runs through the ink around its speck, so that no seam is left between them.
    """
    px_per_mm = _px_per_mm(page)
    mask = ink(page, px_per_mm * MM_PER_INCH)
    contours, tree = cv2.findContours(mask.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    holes = [outline for outline, (*_, parent) in zip(contours, tree[0].tolist(), strict=True) if parent >= 0]
    outlines = [np.asarray(hole[:, 0], np.float64) for hole in holes]
    most = MOST_SPECK_MM2 * px_per_mm**2
    specks = [outline for outline in outlines if _enclosed(outline) < most]
    return [Line((speck + 0.5) / px_per_mm, closed=True, smooth=False) for speck in specks]


def without_stubs(page: Page) -> Page:
    """The page without those of its thinnest lines, the details, that are hardly longer than wide and touch nothing."""
    *wider, details = page.strokes
    stubs = [line for line in details.lines if polyline_length(line.points) < STUB_MM]
    if not stubs:
        return page
    px_per_mm = _px_per_mm(page)
    mask = ink(page, px_per_mm * MM_PER_INCH)
    lonely = {id(line) for line in stubs if _is_alone(line, mask, details.width_mm, px_per_mm)}
    left = tuple(line for line in details.lines if id(line) not in lonely)
    return replace(page, strokes=(*wider, replace(details, lines=left))) if lonely else page


def _is_alone(line: Line, mask: Mask, width_mm: float, px_per_mm: float) -> bool:
    """Whether the ink of a line ends within a narrow window around it; `mask` is that of the page."""
    reach = width_mm / 2 + BESIDE_MM
    left, top = np.maximum((line.points.min(axis=0) - reach) * px_per_mm, 0).astype(int)
    right, bottom = np.ceil((line.points.max(axis=0) + reach) * px_per_mm).astype(int)
    _, labels = components(np.ascontiguousarray(mask[top:bottom, left:right]), connectivity=8)
    column, row = (line.points[len(line.points) // 2] * px_per_mm).astype(int)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return bool(labels[row - top, column - left] not in rim)


def _px_per_mm(page: Page) -> float:
    side_mm = max(page.sheet.width_mm, page.sheet.height_mm)
    return min(PRINT_DPI / MM_PER_INCH, MOST_SIDE_PX / side_mm)


def _enclosed(outline: Points) -> float:
    """How many pixels lie within an outline (N,2) of pixels (Pick, 1899)."""
    steps = np.abs(np.roll(outline, -1, axis=0) - outline).max(axis=1).sum()
    return float(cv2.contourArea(outline.astype(np.int32)) - steps / 2 + 1)
