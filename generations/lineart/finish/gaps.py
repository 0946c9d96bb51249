"""Small gaps in lines closed: an end looks for another end, or for a line, in the way it is going."""

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.spatial import cKDTree

from generations.lineart.arrays import Bytes, Mask, Points, components

TAIL_PX = 12  # how much of a line tells where it is going
DETOUR = 1.6  # how much further away something sideways seems than something straight ahead


@dataclass(frozen=True)
class Reach:
    """How far an end looks, and how straight ahead: `cone` is a cosine, 0.5 is within 60 degrees."""

    mm: float
    cone: float


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
    """The skeleton with straight bridges from end to end, and from ends to the line they point at; the surest first."""
    bridged = skeleton.astype(np.uint8)
    ends = find_ends(skeleton)
    free = np.ones(len(ends.points), np.bool_)
    for bridge, reach in BRIDGES:
        bridge(bridged, ends, free, reach.mm * px_per_mm, reach.cone)
    if np.count_nonzero(~free) >= BROKEN:
        for bridge, reach in BRIDGES_WHERE_BROKEN:
            bridge(bridged, ends, free, reach.mm * px_per_mm, reach.cone)
    return np.asarray(bridged > 0, np.bool_)


def _join_ends(lines: Bytes, ends: Ends, free: Mask, reach: float, cone: float) -> None:
    """Bridge pairs of free ends that point at each other, the best first."""
    for one, other in _facing_pairs(ends, reach, cone):
        if free[one] and free[other]:
            free[[one, other]] = False
            _bridge(lines, ends.points[one], ends.points[other])


def _lead_to_lines(lines: Bytes, ends: Ends, free: Mask, reach: float, cone: float) -> None:
    """Bridge free ends to the line that they point at."""
    for number in np.flatnonzero(free):
        target = _line_ahead(lines, ends.points[number], ends.ahead[number], reach, cone)
        if target is not None:
            free[number] = False
            _bridge(lines, ends.points[number], target)


def _facing_pairs(ends: Ends, reach: float, cone: float) -> list[tuple[int, int]]:
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
    return [(int(a), int(b)) for a, b in pairs[order[straight[order] > cone]]]


def _line_ahead(lines: Bytes, point: Points, ahead: Points, reach: float, cone: float) -> Points | None:
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
    possible = (straight > cone) & (distance <= reach)
    if not possible.any():
        return None
    cost = np.where(possible, distance * (DETOUR - (DETOUR - 1) * straight), np.inf)
    return point + way[int(cost.argmin())]


def _bridge(image: Bytes, start: Points, end: Points) -> None:
    (x, y), (to_x, to_y) = start.astype(int).tolist(), end.astype(int).tolist()
    cv2.line(image, (x, y), (to_x, to_y), 1, 1)


BRIDGES = (
    (_join_ends, Reach(3.5, 0.5)),
    (_join_ends, Reach(2.5, 0.1)),  # the two sides of a bend
    (_lead_to_lines, Reach(1.5, 0.5)),
)
# A raster with so many ends closed has lost parts of its lines, and its other ends look further. In one without,
# ends further from a line are meant, as those of an eyebrow.
BROKEN = 8
BRIDGES_WHERE_BROKEN = (
    (_lead_to_lines, Reach(3.0, 0.7)),
    (_lead_to_lines, Reach(2.0, 0.3)),
    (_join_ends, Reach(6.0, 0.85)),
    (_lead_to_lines, Reach(4.5, 0.92)),
)
