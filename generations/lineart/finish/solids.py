"""Solid parts of a raster: small ones, such as pupils, stay; large ones become outlines to colour."""

from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Mask, Points, components
from generations.lineart.curves import simplify, smooth_line

BROADER = 1.9  # times the usual line width: what is broader is no line
LEAST_MM2 = 1.5
MOST_MM2 = 90.0  # a larger solid part is hollowed; the largest that our own engine draws has 70
SMOOTHING_PX, TOLERANCE_PX = 3.0, 0.9


@dataclass(frozen=True, eq=False)
class Solids:
    """Where the solid parts are (H,W), the outlines (N,2) in px of those that stay, and of those to hollow."""

    mask: Mask
    small: tuple[Points, ...]
    large: tuple[Points, ...]


def find_solids(ink: Mask, skeleton: Mask, depth: Floats, line_px: float, px_per_mm: float) -> Solids:
    """Parts of the ink that are broader than a line, and dots that have no line inside. `depth`: distance to white."""
    solid = _broad(depth, BROADER * line_px / 2) | _dots(ink, skeleton, line_px)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid.view(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= LEAST_MM2 * px_per_mm**2
    keep[0] = False
    small: list[Points] = []
    large: list[Points] = []
    for number in np.flatnonzero(keep).tolist():
        left, top, width, height, area = stats[number].tolist()
        outlines = _outlines(labels[top : top + height, left : left + width] == number, left, top)
        (small if area <= MOST_MM2 * px_per_mm**2 and len(outlines) == 1 else large).extend(outlines)
    return Solids(np.asarray(keep[labels], np.bool_), tuple(small), tuple(large))


def _broad(depth: Floats, radius: float) -> Mask:
    """The ink opened by a disc of `radius` px."""
    thin = depth <= radius
    if thin.all():
        return ~thin
    return np.asarray(cv2.distanceTransform(thin.view(np.uint8), cv2.DIST_L2, 5) < radius, np.bool_)


def _dots(ink: Mask, skeleton: Mask, line_px: float) -> Mask:
    """Pieces of ink whose skeleton is shorter than half a line's width."""
    count, labels = components(ink, connectivity=8)
    length = np.bincount(labels[skeleton], minlength=count)
    dot = length <= line_px / 2
    dot[0] = False
    return np.asarray(dot[labels], np.bool_)


def _outlines(part: Mask, left: int, top: int) -> list[Points]:
    """The outer outline of a part and those of its holes, in px; the part's window begins at `left`, `top`."""
    contours = cv2.findContours(part.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)[0]
    return [_outline(contour + np.array([left, top])) for contour in contours if len(contour) > 2]


def _outline(contour: np.ndarray) -> Points:
    line = smooth_line(contour[:, 0].astype(np.float64) + 0.5, SMOOTHING_PX, closed=True)
    return simplify(line, TOLERANCE_PX, closed=True)
