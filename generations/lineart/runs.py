"""Where a line is straight or part of an ellipse: the longest stretches first, each within a tolerance on paper."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points
from generations.lineart.shapes import Ellipse, Shape, Straight, fit_ellipse, fit_straight

KNOT_MM = 0.2  # the line between two knots is this close to straight
LEAST_STRAIGHT_MM = 5.0
LONG_MM = 18.0  # a shorter one has to begin or end in a corner, or it is a piece of a gentle curve
LEAST_CORNER, CORNER_MM = (
    math.radians(35),
    (1.0, 3.0),
)  # the turn, seen between these distances behind the end
MOST_OFF_MM, MOST_OFF_SHARE = 0.35, 0.02  # of the length: how far a straight stretch may stray
MOST_BOW = 0.008  # of the length: a steady bend is a curve, however slight
MOST_DETOUR = 1.025  # length over chord
LEAST_ARC_MM, LEAST_TURN = 14.0, math.radians(110)  # of an elliptic stretch
ARC_OFF_MM, ARC_OFF_SHARE, MOST_ARC_OFF_MM = 0.12, 0.03, 0.7  # the share is of the smaller half axis
LEAST_AXIS_MM, LEAST_AXIS_RATIO = 2.2, 0.22
ARC_SHARE = 0.85  # of an elliptic stretch that lies within this
ARC_GROWTH, ARC_BUMP = (
    1.6,
    2.6,
)  # times as far as that: where an elliptic stretch ends, how far a bump may stray
ARC_REST_MM = 4.0  # a rest of the line this short goes along
STEADY, TURN_MM = 0.7, 3.0  # share of all its turning that goes one way, seen over this length
KNOT_STEP_MM, MOST_KNOTS = 5.0, 24  # between which elliptic stretches are looked for
ARC_SAMPLES = 40

Pairs = NDArray[np.intp]
Stretch = tuple[int, int]  # the first and the last index


@dataclass(frozen=True, eq=False)
class Run:
    """The points start..end (both included) of a line lie on `shape`."""

    start: int
    end: int
    shape: Shape


def find_runs(points: Points, mm: float) -> list[Run]:
    """Stretches of the open line through `points` that are elliptic or straight, in order; `mm` in px."""
    if len(points) < 4:
        return []
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if steps[-1] < LEAST_STRAIGHT_MM * mm:
        return []
    arcs = _elliptic(points, steps, 0, len(points) - 1, mm)
    rest = _gaps(arcs, len(points) - 1)
    straights = [run for start, end in rest for run in _straight(points, steps, start, end, mm)]
    return sorted([*arcs, *straights], key=lambda run: run.start)


def _gaps(runs: list[Run], last: int) -> Iterator[tuple[int, int]]:
    starts, ends = [0, *(run.end for run in runs)], [*(run.start for run in runs), last]
    return ((start, end) for start, end in zip(starts, ends, strict=True) if end - start > 3)


def knots_of(points: Points, tolerance: float) -> list[int]:
    """Indexes of the points that Douglas and Peucker (1973) keep, the first and the last among them."""
    kept, open_ = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_:
        start, end = open_.pop()
        far, distance = _furthest(points, start, end)
        if distance > tolerance:
            kept.add(far)
            open_ += [(start, far), (far, end)]
    return sorted(kept)


def _furthest(points: Points, start: int, end: int) -> tuple[int, float]:
    """The point between two others that is furthest from their chord, and its distance."""
    if end - start < 2:
        return start, 0.0
    inner, chord = points[start + 1 : end] - points[start], points[end] - points[start]
    length = float(np.hypot(*chord))
    off = (
        np.abs(inner[:, 0] * chord[1] - inner[:, 1] * chord[0]) / length
        if length > 1e-6
        else np.hypot(*inner.T)
    )
    far = int(off.argmax())
    return start + 1 + far, float(off[far])


def _straight(points: Points, steps: Points, start: int, end: int, mm: float) -> list[Run]:
    """Straight stretches between `start` and `end`, in order, the longest looked for first."""
    knots = [start + knot for knot in knots_of(points[start : end + 1], KNOT_MM * mm)]
    runs: list[Run] = []
    for first, last in _direct(points, steps, _long_pairs(knots, steps, LEAST_STRAIGHT_MM * mm)):
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


def _long_pairs(knots: Sequence[int], steps: Points, least: float) -> Pairs:
    """Pairs (N,2) of knots at least so far apart along the line, the furthest first."""
    one, other = np.triu_indices(len(knots), 1)
    pairs = np.asarray(knots)[np.stack([one, other], axis=1)]
    apart = steps[pairs[:, 1]] - steps[pairs[:, 0]]
    return pairs[np.argsort(-apart, kind="stable")[: np.count_nonzero(apart >= least)]]


def _direct(points: Points, steps: Points, pairs: Pairs) -> Pairs:
    """The pairs between which the line makes no detour."""
    chord = np.hypot(*(points[pairs[:, 1]] - points[pairs[:, 0]]).T)
    return pairs[steps[pairs[:, 1]] - steps[pairs[:, 0]] <= MOST_DETOUR * chord]


def _as_straight(points: Points, length: float, mm: float) -> Straight | None:
    """The line that these points follow, None when they stray or bend."""
    limit = min(MOST_OFF_MM * mm, MOST_OFF_SHARE * length + 0.25)
    if _furthest(points, 0, len(points) - 1)[1] > 2 * limit:
        return None
    line = fit_straight(points)
    off = line.off(points)
    if float(np.abs(off).max()) > limit:
        return None
    bow = np.polynomial.polynomial.polyfit(line.along(points) / (length / 2), off, 2)[2]
    return line if abs(float(bow)) <= MOST_BOW * length else None


def _elliptic(points: Points, steps: Points, start: int, end: int, mm: float) -> list[Run]:
    """Elliptic stretches between `start` and `end`, in order, the longest looked for first."""
    length = float(steps[end] - steps[start])
    if length < LEAST_ARC_MM * mm:
        return []
    targets = np.linspace(steps[start], steps[end], min(MOST_KNOTS, int(length / (KNOT_STEP_MM * mm)) + 2))
    knots = np.unique(np.clip(np.searchsorted(steps, targets), start, end)).tolist()
    pairs = _long_pairs(knots, steps, LEAST_ARC_MM * mm)
    for first, last in _steady(points, steps, knots, pairs, mm):
        shape = _as_ellipse(points[first : last + 1], mm)
        if shape is not None:
            first, last = _grown(shape, points, (first, last), (start, end), mm)
            shape = _refitted(shape, points[first : last + 1], mm)
            before = _elliptic(points, steps, start, first, mm)
            return [*before, Run(first, last, shape), *_elliptic(points, steps, last, end, mm)]
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
    turned = np.unwrap(np.arctan2(y, x))
    spun = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(turned)))])
    one, other = np.searchsorted(knots, pairs).T
    net, all_ = np.abs(turned[other] - turned[one]), spun[other] - spun[one]
    return pairs[(net >= 0.9 * LEAST_TURN) & (net >= STEADY * all_)]


def _as_ellipse(points: Points, mm: float) -> Ellipse | None:
    """The ellipse that these points follow but for small bumps, in one direction, None when there is none."""
    sampled = points[np.linspace(0, len(points) - 1, min(ARC_SAMPLES, len(points))).astype(np.intp)]
    shape = fit_ellipse(sampled) if len(sampled) >= 6 else None
    if shape is None or not _is_open(shape, mm):
        return None
    shape = _refitted(shape, sampled, mm)
    off = shape.off(points) / _arc_limit(shape, mm)
    if not _is_open(shape, mm) or float((off <= 1).mean()) < ARC_SHARE or float(off.max()) > ARC_BUMP:
        return None
    around = np.abs(np.ptp(np.unwrap(shape.parameter(sampled))))
    return shape if LEAST_TURN <= around <= 2.02 * math.pi else None


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
