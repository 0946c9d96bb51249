"""Figures as strokes: what a thing looks like, before it has a place, a size and a line width."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from generations.lineart.arrays import Mask, Points
from generations.lineart.curves import flatten, simplify
from generations.scenes.room import Box

CURVE_STEPS = 8
STEP = 0.3  # units between two points that are tried when a stroke is cut
TOLERANCE = 0.04  # units
SHORTEST = 0.8  # units of a line that is worth drawing


@dataclass(frozen=True, eq=False)
class Stroke:
    """A line through points (N,2). `inner` lines lie inside the silhouette and are drawn finer."""

    points: Points
    closed: bool = False
    inner: bool = False
    smooth: bool = True


@dataclass(frozen=True, eq=False)
class Shape:
    """A figure: its lines, the parts that are always black (pupils), those that are black when small, its silhouette.

    Lengths have the unit of whoever made it. `covers` are the filled outlines that hide what lies behind.
    """

    strokes: tuple[Stroke, ...]
    dots: tuple[Points, ...] = ()
    patches: tuple[Points, ...] = ()
    covers: tuple[Points, ...] = ()

    def moved(self, x: float, y: float) -> "Shape":
        """The same, further right by `x` and down by `y`."""
        return self.mapped(lambda points: points + np.array([x, y]))

    def scaled(self, factor: float) -> "Shape":
        return self.mapped(lambda points: points * factor)

    def mirrored(self) -> "Shape":
        """Left and right changed about x = 0."""
        return self.mapped(lambda points: points * np.array([-1.0, 1.0]))

    def turned(self, degrees: float) -> "Shape":
        """Turned clockwise about the origin (y points down)."""
        angle = np.radians(degrees)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return self.mapped(lambda points: points @ turn)

    def hollowed(self) -> "Shape":
        """The same with outlines where it has black dots: wheels are no eyes."""
        rims = tuple(Stroke(dot, closed=True, inner=True) for dot in self.dots)
        return Shape((*self.strokes, *rims), (), (*self.patches, *self.dots), self.covers)

    def box(self) -> Box:
        """The box around the silhouette and the lines, which may reach over it: legs and whiskers."""
        points = np.concatenate([*self.covers, *(stroke.points for stroke in self.strokes), *self.dots])
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return Box(float(left), float(top), float(right), float(bottom))

    def mapped(self, move: Callable[[Points], Points]) -> "Shape":
        """The same with every point moved."""
        return Shape(
            tuple(replace(stroke, points=move(stroke.points)) for stroke in self.strokes),
            tuple(map(move, self.dots)),
            tuple(map(move, self.patches)),
            tuple(map(move, self.covers)),
        )


def dense(stroke: Stroke) -> Points:
    """Points along a stroke, at most STEP apart; a closed one ends where it begins."""
    points = stroke.points
    if stroke.smooth and len(points) > 2:
        points = flatten(points, CURVE_STEPS, closed=stroke.closed)
    if stroke.closed:
        points = np.concatenate([points, points[:1]])
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, along[-1], max(2, int(along[-1] / STEP) + 1))
    return np.stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)], axis=1)


def pieces(stroke: Stroke, points: Points, shown: Mask) -> Iterator[Stroke]:
    """What is left of a stroke with these dense points where only some are shown; shorter than SHORTEST is left out."""
    if stroke.closed and shown[0] and not shown.all():
        turn = int(np.argmin(shown))
        points, shown = np.roll(points, -turn, axis=0), np.roll(shown, -turn)
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], shown, [False]]).astype(np.int8)))
    for start, end in zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True):
        part = points[max(0, start - 1) : end + 1]
        if len(part) * STEP >= SHORTEST:
            yield replace(stroke, points=simplify(part, TOLERANCE, closed=False), closed=False, smooth=False)
