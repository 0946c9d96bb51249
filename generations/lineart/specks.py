"""White specks between nearly touching strokes: too small to colour, so they become ink."""

import cv2
import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.page import MM_PER_INCH, Line, Page
from generations.lineart.raster import PRINT_DPI, ink

MOST_SPECK_MM2 = 2.2
MOST_SIDE_PX = 4000  # of the raster they are looked for on: a poster costs no more memory than a sheet


def speck_fills(page: Page) -> list[Line]:
    """Filled outlines that cover every white speck of the page, found on its print raster (a coarser one for a poster).

    An outline runs through the ink around its speck, so that no seam is left between them.
    """
    side_mm = max(page.sheet.width_mm, page.sheet.height_mm)
    px_per_mm = min(PRINT_DPI / MM_PER_INCH, MOST_SIDE_PX / side_mm)
    mask = ink(page, px_per_mm * MM_PER_INCH)
    contours, tree = cv2.findContours(mask.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    holes = [outline for outline, (*_, parent) in zip(contours, tree[0].tolist(), strict=True) if parent >= 0]
    outlines = [np.asarray(hole[:, 0], np.float64) for hole in holes]
    most = MOST_SPECK_MM2 * px_per_mm**2
    specks = [outline for outline in outlines if _enclosed(outline) < most]
    return [Line((speck + 0.5) / px_per_mm, closed=True, smooth=False) for speck in specks]


def _enclosed(outline: Points) -> float:
    """How many pixels lie within an outline (N,2) of pixels (Pick, 1899)."""
    steps = np.abs(np.roll(outline, -1, axis=0) - outline).max(axis=1).sum()
    return float(cv2.contourArea(outline.astype(np.int32)) - steps / 2 + 1)
