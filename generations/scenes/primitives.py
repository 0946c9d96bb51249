"""Simple shapes of our own: closed outlines that hide what lies behind them, and plain lines."""

from collections.abc import Sequence

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.curves import flatten
from generations.scenes.outlines import Shape, Stroke

CURVE_STEPS = 6
Pairs = Sequence[tuple[float, float]]


def area(points: Points | Pairs, *, smooth: bool = True, inner: bool = False) -> Shape:
    """A closed outline through the points, filled white."""
    outline = np.asarray(points, np.float64)
    cover = flatten(outline, CURVE_STEPS, closed=True) if smooth else outline
    return Shape((Stroke(outline, closed=True, inner=inner, smooth=smooth),), covers=(cover,))


def ellipse(x: float, y: float, rx: float, ry: float, degrees: float = 0.0, *, inner: bool = False) -> Shape:
    """An ellipse about (x, y), turned clockwise."""
    t = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    plain = area(np.stack([rx * np.cos(t), ry * np.sin(t)], axis=1), inner=inner)
    return plain.turned(-degrees).moved(x, y)


def line(points: Points | Pairs, *, smooth: bool = True, inner: bool = False) -> Shape:
    """An open line that hides nothing."""
    return Shape((Stroke(np.asarray(points, np.float64), inner=inner, smooth=smooth),))


def dot(x: float, y: float, radius: float) -> Shape:
    """A black dot."""
    return Shape((), dots=ellipse(x, y, radius, radius).covers)


def joined(*shapes: Shape) -> Shape:
    """Several shapes as one; none hides a part of another."""
    return Shape(
        tuple(stroke for shape in shapes for stroke in shape.strokes),
        tuple(dot for shape in shapes for dot in shape.dots),
        tuple(patch for shape in shapes for patch in shape.patches),
        tuple(cover for shape in shapes for cover in shape.covers),
    )


def star(x: float, y: float, radius: float, points: int = 5, depth: float = 0.45) -> Shape:
    """A star with straight sides."""
    t = np.arange(2 * points) * np.pi / points - np.pi / 2
    r = np.where(np.arange(2 * points) % 2 == 0, radius, radius * depth)
    return area(np.stack([x + r * np.cos(t), y + r * np.sin(t)], axis=1), smooth=False)


def soft_star(x: float, y: float, radius: float, points: int = 5) -> Shape:
    """A star with round tips: in a row of sharp ones every tip counts as a line that ends nowhere."""
    t = np.linspace(0, 2 * np.pi, 12 * points, endpoint=False)
    r = radius * (0.74 + 0.26 * np.cos(points * (t + np.pi / 2)))
    return area(np.stack([x + r * np.cos(t), y + r * np.sin(t)], axis=1))


def flower(x: float, y: float, radius: float, petals: int = 5) -> Shape:
    """A blossom: a disc among round petals."""
    t = np.linspace(0, 2 * np.pi, 12 * petals, endpoint=False)
    r = radius * (0.72 + 0.28 * np.abs(np.sin(petals * t / 2)))
    rim = np.stack([x + r * np.cos(t), y + r * np.sin(t)], axis=1)
    return joined(area(rim), ellipse(x, y, 0.3 * radius, 0.3 * radius))


def heart(x: float, y: float, radius: float) -> Shape:
    t = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    across = 16 * np.sin(t) ** 3
    down = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))
    return area(np.stack([x + across * radius / 17, y + down * radius / 17], axis=1))


def drop(x: float, y: float, radius: float) -> Shape:
    """A falling drop, its point up."""
    t = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    across = radius * np.sin(t) * np.sin(t / 2) ** 1.5
    return area(np.stack([x + across, y - 1.4 * radius * np.cos(t)], axis=1))


def leaf(x: float, y: float, length: float, width: float, degrees: float) -> Shape:
    """A pointed leaf growing up from (x, y), leaning by `degrees`."""
    t = np.linspace(0, 1, 9)
    half = width / 2 * np.sin(np.pi * t) ** 0.8
    left = np.stack([-half, -length * t], axis=1)
    right = np.stack([half, -length * t], axis=1)[::-1]
    return area(np.concatenate([left, right[1:-1]])).turned(-degrees).moved(x, y)
