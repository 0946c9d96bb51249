"""Where a line is part of an ellipse: the longest stretches first, each within a tolerance on paper."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points
from generations.lineart.shapes import Ellipse, fit_ellipse
from generations.lineart.stretches import Pairs, Run, Stretch, long_pairs

LEAST_ARC_MM, LEAST_TURN = 14.0, math.radians(110)  # of an elliptic stretch
ARC_OFF_MM, ARC_OFF_SHARE, MOST_ARC_OFF_MM = 0.12, 0.03, 0.7  # the share is of the smaller half axis
LEAST_AXIS_MM, LEAST_AXIS_RATIO = 2.2, 0.22
ARC_SHARE = 0.85  # of an elliptic stretch that lies within this
# Times as far as that: where an elliptic stretch ends, and how far a bump may stray.
ARC_GROWTH, ARC_BUMP = 1.6, 2.6
STEADY, TURN_MM = 0.7, 3.0  # share of all its turning that goes one way, seen over this length
KNOT_STEP_MM, MOST_KNOTS = 5.0, 24  # between which elliptic stretches are looked for
ARC_SAMPLES = 40


def elliptic_runs(points: Points, steps: Points, start: int, end: int, mm: float) -> list[Run]:
    """Elliptic stretches between `start` and `end`, in order, the longest looked for first."""
    length = float(steps[end] - steps[start])
    if length < LEAST_ARC_MM * mm:
        return []
    targets = np.linspace(steps[start], steps[end], min(MOST_KNOTS, int(length / (KNOT_STEP_MM * mm)) + 2))
    knots = np.unique(np.clip(np.searchsorted(steps, targets), start, end)).tolist()
    pairs = long_pairs(knots, steps, LEAST_ARC_MM * mm)
    for first, last in _steady(points, steps, knots, pairs, mm):
        shape = _as_ellipse(points[first : last + 1], mm)
        if shape is not None:
            first, last = _grown(shape, points, (first, last), (start, end), mm)
            shape = _refitted(shape, points[first : last + 1], mm)
            before = elliptic_runs(points, steps, start, first, mm)
            return [*before, Run(first, last, shape), *elliptic_runs(points, steps, last, end, mm)]
    return []


def _grown(shape: Ellipse, points: Points, stretch: Stretch, bounds: Stretch, mm: float) -> Stretch:
    """The stretch led on both ways, inside the bounds, over bumps too, to where the line leaves the ellipse."""
    (first, last), (start, end) = stretch, bounds
    off = shape.off(points[start : end + 1]) / _arc_limit(shape, mm)
    first -= _reach(off[: first - start][::-1])
    last += _reach(off[last + 1 - start :])
    return first, last


def _reach(off: Points) -> int:
    """How many of these points, from the first on, belong to a shape from which they are `off`, in limits."""
    left = off > ARC_BUMP
    followed = off[: int(left.argmax()) if left.any() else len(off)] <= ARC_GROWTH
    return int(np.flatnonzero(followed).max(initial=-1)) + 1


def _steady(points: Points, steps: Points, knots: Pairs, pairs: Pairs, mm: float) -> Pairs:
    """The pairs of knots between which the line turns far enough, nearly always in one direction."""
    ahead = np.minimum(np.searchsorted(steps, steps[knots] + TURN_MM / 2 * mm), len(points) - 1)
    behind = np.maximum(np.searchsorted(steps, steps[knots] - TURN_MM / 2 * mm) - 1, 0)
    x, y = (points[ahead] - points[behind]).T
    turns = np.diff(np.arctan2(y, x))
    turns -= 2 * math.pi * np.round(turns / (2 * math.pi))
    turned, spun = (np.concatenate([[0.0], np.cumsum(each)]) for each in (turns, np.abs(turns)))
    one, other = np.searchsorted(knots, pairs).T
    net, all_ = np.abs(turned[other] - turned[one]), spun[other] - spun[one]
    return pairs[(net >= 0.9 * LEAST_TURN) & (net >= STEADY * all_)]


def _as_ellipse(points: Points, mm: float) -> Ellipse | None:
    """The ellipse that these points follow but for small bumps, in one direction, None when there is none."""
    sampled = points[_spread(len(points))]
    shape = fit_ellipse(sampled) if len(sampled) >= 6 else None
    if shape is None or not _is_open(shape, mm):
        return None
    shape = _refitted(shape, sampled, mm)
    limit = _arc_limit(shape, mm)
    if not _is_open(shape, mm) or float((shape.off(sampled) / limit).max()) > ARC_BUMP:
        return None  # as most do, before all points are looked at
    off = shape.off(points) / limit
    if float((off <= 1).mean()) < ARC_SHARE or float(off.max()) > ARC_BUMP:
        return None
    around = np.abs(np.ptp(np.unwrap(shape.parameter(sampled))))
    return shape if LEAST_TURN <= around <= 2.02 * math.pi else None


@lru_cache(maxsize=4096)
def _spread(count: int) -> NDArray[np.intp]:
    """Some of so many points, evenly."""
    return np.linspace(0, count - 1, min(ARC_SAMPLES, count)).astype(np.intp)


def _is_open(shape: Ellipse, mm: float) -> bool:
    """Whether an ellipse is wide enough to be seen as one."""
    return min(shape.axes) >= max(LEAST_AXIS_MM * mm, LEAST_AXIS_RATIO * max(shape.axes))


def _refitted(shape: Ellipse, points: Points, mm: float) -> Ellipse:
    """The ellipse through those points that are near to this one, or this one when they are few."""
    near = points[shape.off(points) <= ARC_GROWTH * _arc_limit(shape, mm)]
    return (fit_ellipse(near) if len(near) >= 6 else None) or shape


def _arc_limit(shape: Ellipse, mm: float) -> float:
    """How far from an ellipse its points may lie, in px."""
    return min(ARC_OFF_MM * mm + ARC_OFF_SHARE * min(shape.axes), MOST_ARC_OFF_MM * mm)
