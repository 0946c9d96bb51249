"""White specks between nearly touching strokes: too small to colour, so they become ink."""

import cv2
import numpy as np

from generations.lineart.arrays import Mask
from generations.lineart.page import MM_PER_INCH, Line, Page
from generations.lineart.raster import PRINT_DPI, ink

MOST_SPECK_MM2 = 2.2
MOST_SIDE_PX = 4000  # of the raster they are looked for on: a poster costs no more memory than a sheet


def speck_fills(page: Page) -> list[Line]:
    """Filled outlines that cover every white speck of the page, found on its print raster (a coarser one for a poster)."""
    side_mm = max(page.sheet.width_mm, page.sheet.height_mm)
    px_per_mm = min(PRINT_DPI / MM_PER_INCH, MOST_SIDE_PX / side_mm)
    white = ~ink(page, px_per_mm * MM_PER_INCH)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(white.view(np.uint8), connectivity=4)
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < MOST_SPECK_MM2 * px_per_mm**2)
    fills = []
    for number in small[small > 0].tolist():
        x, y, width, height, _ = stats[number].tolist()
        speck = np.asarray(labels[y : y + height, x : x + width] == number, np.bool_)
        fills += [
            Line((outline + np.array([x, y])) / px_per_mm, closed=True, smooth=False)
            for outline in _outlines(speck)
        ]
    return fills


def _outlines(speck: Mask) -> list[np.ndarray]:
    """Contours of the speck grown by a pixel, so that no seam is left between it and the strokes."""
    grown = cv2.dilate(np.pad(speck, 2).view(np.uint8), np.ones((3, 3), np.uint8))
    contours = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return [contour[:, 0].astype(np.float64) - 2 + 0.5 for contour in contours if len(contour) > 2]
