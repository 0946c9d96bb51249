"""The frame of a raster: found when it has one, so that it is not drawn twice."""

from dataclasses import dataclass

import numpy as np

from generations.lineart.arrays import Floats, Mask
from generations.lineart.finish.paper import INK

MOST_TILT = 0.012  # of the longer side: how far from straight a frame's side may be
COVERED = 0.95  # share of a side that is inked when it is a frame's
LEAST_SIDE = 0.35  # of the raster's side: a smaller rectangle is part of the picture


@dataclass(frozen=True)
class Crop:
    """Where the picture is in the raster (rows, columns in px), and half the width of the frame's lines there."""

    top: int
    bottom: int
    left: int
    right: int
    half_line: int


def find_frame(dark: Floats) -> Crop | None:
    """The picture inside a frame that encloses all ink, up to the middle of the frame's lines; None without one."""
    ink = dark > INK
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return None
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    if bottom - top < LEAST_SIDE * ink.shape[0] or right - left < LEAST_SIDE * ink.shape[1]:
        return None
    inside = ink[top:bottom, left:right]
    widths = [_line_width(side) for side in (inside, inside[::-1], inside.T, inside.T[::-1])]
    half = int(np.median(widths)) // 2
    if min(widths) == 0 or min(bottom - top, right - left) < 8 * (half + 1):
        return None
    return Crop(top + half, bottom - half, left + half, right - half, half)


def _line_width(inside: Mask) -> int:
    """Width in px of the line along the first rows; 0 when there is none."""
    band = inside[: max(3, round(MOST_TILT * max(inside.shape)))]
    inked = band.any(axis=0)
    if inked.mean() < COVERED:
        return 0
    start = band.argmax(axis=0)[inked]
    deep = inside[: 4 * len(band), inked]
    rows = np.arange(len(deep))[:, None]
    ends = np.where(~deep & (rows >= start), rows, len(deep)).min(axis=0)
    return int(np.median(ends - start))
