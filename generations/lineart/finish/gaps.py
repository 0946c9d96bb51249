"""Small gaps in lines closed: an end looks for another end, or for a line, in the way it is going."""

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.spatial import cKDTree

from generations.lineart.arrays import Bytes, Mask, Points, components

TAIL_PX = 12  # how much of a line tells where it is going
END_REACH_MM, LINE_REACH_MM = 3.5, 3.0
END_CONE, LINE_CONE = 0.5, 0.7  # cosine: within 60 degrees of another end, within 45 of a line
DETOUR = 1.6  # how much further away something sideways seems than something straight ahead


@dataclass(frozen=True, eq=False)
class Ends:
    """Free ends of lines: `points` (N,2) x, y in px, `ahead` (N,2) unit vectors that lead on from the line."""

    points: Points
    ahead: Points


def find_ends(skeleton: Mask) -> Ends:
    """All skeleton pixels with one neighbour, and where their lines would go on."""
    around = cv2.filter2D(skeleton.view(np.uint8), -1, np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT)
    free = skeleton & (around == 2)
    points = np.argwhere(free)[:, ::-1].astype(np.float64)
    ahead = np.array([_ahead(skeleton, *place) for place in np.argwhere(free).tolist()])
    return Ends(points, ahead.reshape(-1, 2))


def _ahead(skeleton: Mask, row: int, column: int) -> Points:
    top, left = max(row - TAIL_PX, 0), max(column - TAIL_PX, 0)
    window = np.ascontiguousarray(skeleton[top : row + TAIL_PX + 1, left : column + TAIL_PX + 1])
    _, labels = components(window, connectivity=8)
    tail = np.argwhere(labels == labels[row - top, column - left])[:, ::-1]
    way = np.array([column - left, row - top]) - tail.mean(axis=0)
    return np.asarray(way / (np.hypot(*way) + 1e-9), np.float64)


def close_gaps(skeleton: Mask, px_per_mm: float) -> Mask:
    """The skeleton with straight bridges from end to end, and from the ends then left to the line they point at."""
    bridged = skeleton.astype(np.uint8)
    ends = find_ends(skeleton)
    joined = np.zeros(len(ends.points), np.bool_)
    for one, other in _facing_pairs(ends, END_REACH_MM * px_per_mm):
        if not (joined[one] or joined[other]):
            joined[[one, other]] = True
            _bridge(bridged, ends.points[one], ends.points[other])
    for number in np.flatnonzero(~joined):
        target = _line_ahead(bridged, ends.points[number], ends.ahead[number], LINE_REACH_MM * px_per_mm)
        if target is not None:
            _bridge(bridged, ends.points[number], target)
    return np.asarray(bridged > 0, np.bool_)


def _facing_pairs(ends: Ends, reach: float) -> list[tuple[int, int]]:
    """Pairs of ends that point at each other, best first."""
    if len(ends.points) < 2:
        return []
    pairs = cKDTree(ends.points).query_pairs(reach, output_type="ndarray")
    between = ends.points[pairs[:, 1]] - ends.points[pairs[:, 0]]
    distance = np.hypot(between[:, 0], between[:, 1])
    there = (between * ends.ahead[pairs[:, 0]]).sum(axis=1) / np.maximum(distance, 1e-9)
    back = -(between * ends.ahead[pairs[:, 1]]).sum(axis=1) / np.maximum(distance, 1e-9)
    straight = np.minimum(there, back)
    cost = distance * (DETOUR - (DETOUR - 1) * straight)
    order = np.argsort(cost, kind="stable")
    return [(int(a), int(b)) for a, b in pairs[order[straight[order] > END_CONE]]]


def _line_ahead(lines: Bytes, point: Points, ahead: Points, reach: float) -> Points | None:
    """The best pixel of another line within reach and ahead of an end at `point`."""
    column, row = (int(value) for value in point)
    side = int(reach) + 1
    top, left = max(row - side, 0), max(column - side, 0)
    window = lines[top : row + side + 1, left : column + side + 1] > 0
    _, labels = components(window, connectivity=8)
    others = np.argwhere((labels > 0) & (labels != labels[row - top, column - left]))[:, ::-1]
    way = others + np.array([left, top]) - point
    distance = np.hypot(way[:, 0], way[:, 1])
    straight = way @ ahead / np.maximum(distance, 1e-9)
    possible = (straight > LINE_CONE) & (distance <= reach)
    if not possible.any():
        return None
    cost = np.where(possible, distance * (DETOUR - (DETOUR - 1) * straight), np.inf)
    return point + way[int(cost.argmin())]


def _bridge(image: Bytes, start: Points, end: Points) -> None:
    (x, y), (to_x, to_y) = start.astype(int).tolist(), end.astype(int).tolist()
    cv2.line(image, (x, y), (to_x, to_y), 1, 1)
