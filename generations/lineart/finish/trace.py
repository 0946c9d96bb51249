"""Skeletons traced to strokes of two widths, short spurs left out."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Floats, Labels, Mask, Points, polyline_length, sample
from generations.lineart.curves import simplify, smooth_line
from generations.lineart.skeleton import skeleton_of, skeleton_paths

SPUR = 1.2  # line widths: a shorter branch with a free end comes from the edge of a line, not from the pen
SMOOTHING_PX, TOLERANCE_PX = 3.0, 0.6
THINNER = 0.8  # of the outlines' width: what is thinner is a detail
OUTLINES = 80  # percentile of the widths along all lines that is the outlines'


@dataclass(frozen=True, eq=False)
class Trace:
    """A line (N,2) in px; `fine` when it is a detail rather than an outline."""

    points: Points
    closed: bool
    fine: bool


def outline_width(skeleton: Mask, depth: Floats, rim: int) -> float:
    """Width in px of the outlines with this skeleton; `depth` is the distance to white.

    The frame, within `rim` px of the edge, does not count.
    """
    inner = np.s_[rim:-rim, rim:-rim]
    depths = depth[inner][skeleton[inner]]
    return 2 * float(np.percentile(depths, OUTLINES)) if len(depths) else 0.0


def without_spurs(skeleton: Mask, line_px: float) -> Mask:
    """The skeleton without short branches that end freely; lone lines stay whatever their length."""
    pruned = skeleton.copy()
    degree = _neighbours(skeleton)
    for path in skeleton_paths(skeleton):
        at_ends = degree[path[[0, -1], 1], path[[0, -1], 0]]
        if sorted(at_ends > 1) == [False, True] and polyline_length(path) < SPUR * line_px:
            branch = path[:-1] if at_ends[0] <= 1 else path[1:]
            pruned[branch[:, 1], branch[:, 0]] = False
    return skeleton_of(pruned)


def _neighbours(skeleton: Mask) -> NDArray[np.uint8]:
    around = cv2.filter2D(skeleton.view(np.uint8), -1, np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(around - skeleton, np.uint8)


def trace(skeleton: Mask, depth: Floats, outline_px: float) -> list[Trace]:
    """All lines of the skeleton, smoothed and simplified, each an outline or a detail by its own width."""
    limit = THINNER * outline_px / 2
    return [
        _line(path, fine=float(np.median(sample(depth, path))) < limit) for path in skeleton_paths(skeleton)
    ]


def _line(path: Labels, *, fine: bool) -> Trace:
    closed = len(path) > 3 and bool((path[0] == path[-1]).all())
    points = (path[:-1] if closed else path).astype(np.float64) + 0.5
    points = smooth_line(points, SMOOTHING_PX, closed=closed)
    return Trace(simplify(points, TOLERANCE_PX, closed=closed), closed, fine)
