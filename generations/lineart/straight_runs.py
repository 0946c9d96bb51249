"""Where a line is straight: the longest stretches first, each within a tolerance on paper."""

import math

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.shapes import Straight, fit_straight
from generations.lineart.stretches import Pairs, Run, knots_of, long_pairs

KNOT_MM = 0.2  # the line between two knots is this close to straight
LEAST_STRAIGHT_MM = 5.0
LONG_MM = 18.0  # a shorter one has to begin or end in a corner, or it is a piece of a gentle curve
LEAST_CORNER = math.radians(35)
CORNER_MM = (1.0, 3.0)  # the turn is seen between these distances behind the end
MOST_OFF_MM, MOST_OFF_SHARE = 0.35, 0.02  # of the length: how far a straight stretch may stray
LEAST_OFF = 0.25  # px: by which any may stray
SURELY_OFF = 0.01  # px: more than fits made of running sums are mistaken by
MOST_BOW = 0.008  # of the length: a steady bend is a curve, however slight
MOST_DETOUR = 1.025  # length over chord


def straight_runs(points: Points, steps: Points, start: int, end: int, mm: float) -> list[Run]:
    """Straight stretches between `start` and `end`, in order, the longest looked for first."""
    knots = [start + knot for knot in knots_of(points[start : end + 1], KNOT_MM * mm)]
    runs: list[Run] = []
    for first, last in _likely(points, steps, knots, long_pairs(knots, steps, LEAST_STRAIGHT_MM * mm), mm):
        if any(run.start < last and first < run.end for run in runs):
            continue
        shape = _as_straight(points[first : last + 1], steps[last] - steps[first], mm)
        if shape is not None:
            runs.append(Run(first, last, shape))
    return sorted((run for run in runs if _is_ruled(run, points, steps, mm)), key=lambda run: run.start)


def _is_ruled(run: Run, points: Points, steps: Points, mm: float) -> bool:
    """Whether a straight stretch is more than a piece of a gentle curve: long, or with a corner at one end."""
    if steps[run.end] - steps[run.start] >= LONG_MM * mm:
        return True
    ahead, behind = np.s_[run.end :], np.s_[run.start :: -1]
    way = points[run.end] - points[run.start]
    return _turns(points[ahead], steps[ahead] - steps[run.end], way, mm) or _turns(
        points[behind], steps[run.start] - steps[behind], -way, mm
    )


def _turns(points: Points, steps: Points, way: Points, mm: float) -> bool:
    """Whether the line through `points`, at `steps` from its start, soon leaves the direction `way`, or ends."""
    near, far = np.searchsorted(steps, [CORNER_MM[0] * mm, CORNER_MM[1] * mm])
    if far >= len(points):
        return True
    onward = points[far] - points[near]
    return math.cos(LEAST_CORNER) * float(np.hypot(*onward) * np.hypot(*way)) > float(onward @ way)


def _likely(points: Points, steps: Points, knots: list[int], pairs: Pairs, mm: float) -> Pairs:
    """The pairs between which the line makes no detour, and no knot is too far off the straight line through all points."""
    ends, length = points[pairs[:, 1]] - points[pairs[:, 0]], steps[pairs[:, 1]] - steps[pairs[:, 0]]
    direct = length <= MOST_DETOUR * np.hypot(*ends.T)
    pairs, limit = pairs[direct], _limit(length[direct], mm) + SURELY_OFF
    if len(pairs) == 0:
        return pairs
    centre, way = lines_through(points, pairs)
    x, y = (points[knots][None] - centre[:, None]).transpose(2, 0, 1)
    off = np.abs(x * way[:, 1:] - y * way[:, :1])
    between = (pairs[:, :1] <= knots) & (knots <= pairs[:, 1:])
    return pairs[~((off > limit[:, None]) & between).any(axis=1)]


def lines_through(points: Points, pairs: Pairs) -> tuple[Points, Points]:
    """Centres and directions (M,2) of the least squares lines from the first to the last point of each pair.

    All at once, by differences of running sums: as good as `fit_straight` but for a thousandth of a pixel.
    """
    x, y = (points - points[0]).T
    sums = np.cumsum([x, y, x * x, y * y, x * y], axis=1)
    before = np.where(pairs[:, 0] > 0, sums[:, pairs[:, 0] - 1], 0.0)
    x, y, xx, yy, xy = (sums[:, pairs[:, 1]] - before) / (pairs[:, 1] - pairs[:, 0] + 1)
    angle = np.arctan2(2 * (xy - x * y), (xx - x * x) - (yy - y * y)) / 2
    return points[0] + np.stack([x, y], axis=1), np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _limit(length: Points | float, mm: float) -> Points:
    """How far a straight stretch of this length may stray, in px."""
    return np.asarray(np.minimum(MOST_OFF_MM * mm, MOST_OFF_SHARE * length + LEAST_OFF), np.float64)


def _as_straight(points: Points, length: float, mm: float) -> Straight | None:
    """The line that these points follow, None when they stray or bend."""
    limit = float(_limit(length, mm))
    line = fit_straight(points)
    off = line.off(points)
    if float(np.abs(off).max()) > limit:
        return None
    return line if abs(_bow(line.along(points) / (length / 2), off)) <= MOST_BOW * length else None


def _bow(along: Points, off: Points) -> float:
    """The quadratic term of the least squares parabola through points whose straight line is fitted already.

    Nothing constant or linear is left in `off` then, so the square of `along` without both is all that matters.
    """
    square = along * along
    square -= square.sum() / len(square) + (along @ square) / (along @ along) * along
    return float(off @ square / (square @ square))
