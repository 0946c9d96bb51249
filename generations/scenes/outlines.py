"""Figures as strokes: what a thing looks like, before it has a place, a size and a line width."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from generations.lineart.arrays import Points
from generations.scenes.room import Box


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

    def box(self) -> Box:
        """The box around the silhouette, or around the lines where there is none."""
        parts = [*self.covers] or [stroke.points for stroke in self.strokes]
        points = np.concatenate(parts)
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
