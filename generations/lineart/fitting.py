"""Lines as few points: so chosen that the Catmull-Rom spline through them follows the line as it was found.

Begun with the points that Douglas and Peucker (1973) keep at a wider tolerance; then, wherever the spline strays too
far, its furthest place becomes a point, until it strays nowhere. For all lines of a page at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask, Points
from generations.lineart.chains import Indexes
from generations.lineart.curves import CORNER, FREE
from generations.lineart.stretches import knots_of

COARSE = 3.0  # times the tolerance: begun with what Douglas and Peucker keep then, the fewest points are left
SHORT = 8  # points: in a shorter stretch none are looked for to begin with
STRIDE = 2  # of the points of a line that are looked at, which are about 1 px apart


@dataclass(frozen=True, eq=False)
class Course:
    """A line as it was found: its points (N,2), the marks (N,) of those that must stay, and whether it goes around.

    A point marked CORNER comes twice in the fitted line, so that the spline turns sharply there.
    """

    points: Points
    marks: NDArray[np.uint8]
    closed: bool

    def opened(self) -> tuple[Points, NDArray[np.uint8]]:
        """Points and marks from end to end: of a line that goes around from its corner, or any place, to the same."""
        if not self.closed:
            return self.points, self.marks
        start = int(self.marks.argmax())
        around = np.append(np.arange(start, len(self.points)), np.arange(start + 1))
        return self.points[around], self.marks[around]


def fitted(courses: Sequence[Course], tolerance: float) -> list[Points]:
    """The lines with few points of their own (each (M,2)), whose splines stray at most `tolerance` from all others."""
    if not courses:
        return []
    whole = _Whole(courses)
    kept = whole.stays.copy()
    kept[list(_coarse(whole, tolerance))] = True
    checked = np.arange(0, len(kept), STRIDE)
    while len(checked):
        spline = _Spline(whole, np.flatnonzero(kept))
        strayed = spline.strayed(checked, tolerance)
        kept[strayed] = True
        checked = checked[spline.near(checked, strayed)]
    return whole.lines(kept)


class _Whole:
    """All lines, opened, one behind the other."""

    def __init__(self, courses: Sequence[Course]) -> None:
        opened = [course.opened() for course in courses]
        self.closed = np.array([course.closed for course in courses])
        self.points = np.concatenate([points for points, _ in opened])
        self.marks = np.concatenate([marks for _, marks in opened])
        self.last = np.cumsum([len(points) for points, _ in opened]) - 1
        self.first = np.concatenate([[0], self.last[:-1] + 1])

    @cached_property
    def stays(self) -> Mask:
        """The points that no line can do without."""
        stays = self.marks > FREE
        stays[self.first] = stays[self.last] = True
        return stays

    @cached_property
    def steps(self) -> Points:
        """How far along each point lies."""
        return np.concatenate([[0.0], np.cumsum(_lengths(np.diff(self.points, axis=0)))])

    def around(self, knots: Indexes) -> tuple[Indexes, Indexes]:
        """The knots before and behind each knot of the same line; itself at the end of one that does not go around."""
        before, behind = np.concatenate([knots[:1], knots[:-1]]), np.concatenate([knots[1:], knots[-1:]])
        starts, ends = np.searchsorted(knots, self.first), np.searchsorted(knots, self.last)
        before[starts] = np.where(self.closed, knots[ends - 1], knots[starts])
        behind[ends] = np.where(self.closed, knots[starts + 1], knots[ends])
        return before, behind

    def lines(self, kept: Mask) -> list[Points]:
        """Each line with the kept points alone, corners twice."""
        times = kept * (1 + (self.marks == CORNER))
        open_ends = np.concatenate([self.first[~self.closed], self.last[~self.closed]])
        times[open_ends] = 1
        times[self.last[self.closed]] = 0  # the same as the first
        points = np.repeat(self.points, times, axis=0)
        return np.split(points, np.cumsum(times)[self.last[:-1]])


class _Spline:
    """The Catmull-Rom spline of `curves.py` through the knots of all lines: a cubic polynomial for each piece."""

    def __init__(self, whole: _Whole, knots: Indexes) -> None:
        self.whole, self.knots = whole, knots
        self.starts = whole.points[knots[:-1]]
        chords = np.diff(whole.points[knots], axis=0)
        third = _lengths(chords)[:, None] / 3
        leave, arrive = (
            way[part] * third for way, part in zip(self._ways(), (np.s_[:-1], np.s_[1:]), strict=True)
        )
        inner = chords - arrive
        self.linear, self.square = 3 * leave, 3 * (inner - 2 * leave)
        self.cube = chords - 3 * inner + 3 * leave

    def _ways(self) -> Iterator[Points]:
        """In which direction the spline leaves each knot, and in which it arrives there; both (K,2)."""
        knots, points = self.knots, self.whole.points
        before, behind = self.whole.around(knots)
        corner = self.whole.marks[knots] == CORNER
        for one, other in (
            (np.where(corner, knots, before), behind),
            (before, np.where(corner, knots, behind)),
        ):
            come, go = points[knots] - points[one], points[other] - points[knots]
            yield (come + go) / np.maximum(_lengths(come) + _lengths(go), 1e-6)[:, None]

    def pieces(self, indexes: Indexes) -> Indexes:
        """The piece in which each of these points lies."""
        return np.minimum(np.searchsorted(self.knots, indexes, side="right") - 1, len(self.starts) - 1)

    def strayed(self, checked: Indexes, tolerance: float) -> Indexes:
        """Of each piece that strays the furthest of the points to be checked."""
        off = self._off(checked)
        far = np.flatnonzero(off > tolerance)
        far = far[np.argsort(-off[far], kind="stable")]
        _, worst = np.unique(self.pieces(checked[far]), return_index=True)
        return checked[far[worst]]

    def _off(self, checked: Indexes) -> Points:
        """How far across it the spline passes by these points of the lines."""
        piece, steps = self.pieces(checked), self.whole.steps
        length = np.maximum(np.diff(steps[self.knots]), 1e-9)
        t = ((steps[checked] - steps[self.knots[piece]]) / length[piece])[:, None]
        linear, square, cube = self.linear[piece], self.square[piece], self.cube[piece]
        x, y = (self.whole.points[checked] - self.starts[piece] - ((cube * t + square) * t + linear) * t).T
        way_x, way_y = ((3 * cube * t + 2 * square) * t + linear).T
        return np.abs(x * way_y - y * way_x) / np.maximum(np.hypot(way_x, way_y), 1e-6)

    def near(self, checked: Indexes, strayed: Indexes) -> Mask:
        """Which points lie where the spline changes when these become knots: two pieces to both sides."""
        changed = np.zeros(len(self.starts) + 4, np.bool_)
        for side in range(5):
            changed[self.pieces(strayed) + side] = True
        return changed[2:-2][self.pieces(checked)]


def _coarse(whole: _Whole, tolerance: float) -> Iterator[int]:
    """The points to begin with, of every stretch between two that stay."""
    for start, end in pairwise(np.flatnonzero(whole.stays).tolist()):
        if end - start > SHORT:
            yield from (start + knot for knot in knots_of(whole.points[start : end + 1], COARSE * tolerance))


def _lengths(vectors: Points) -> Points:
    return np.hypot(vectors[:, 0], vectors[:, 1])
