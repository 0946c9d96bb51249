"""Grounds to stand on: hills, water, roads, rooms. Each is a few shapes and two heights that the figures keep to."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generations.lineart.arrays import Points
from generations.scenes.outlines import Shape
from generations.scenes.primitives import area, ellipse, joined, line
from generations.scenes.room import Room

MARGIN = 8.0  # units that shapes reach over the picture's rim


@dataclass(frozen=True)
class Backdrop:
    """`behind` lies behind what stands at the `horizon`, `between` before it, `front` before everybody.

    Figures stand between the heights `back` (small) and `front_line` (large), both in units from above.
    """

    horizon: float
    back: float
    front_line: float
    behind: tuple[Shape, ...] = ()
    between: tuple[Shape, ...] = ()
    front: tuple[Shape, ...] = ()


def _across(room: Room, y: float, swing: float, waves: float) -> Points:
    """A rolling line from rim to rim."""
    x = np.linspace(-MARGIN, room.width + MARGIN, 28)
    phase, second = room.random.random() * 6, room.random.random() * 6
    t = x / room.width * 2 * np.pi
    roll = np.sin(waves * t + phase) + 0.35 * np.sin(2.3 * waves * t + second)
    return np.stack([x, y + swing * roll], axis=1)


def _below(rim: Points, room: Room) -> Shape:
    """Everything from a line to the picture's lower rim; only the line is drawn."""
    bottom = room.height + MARGIN
    cover = np.concatenate([rim, [[room.width + MARGIN, bottom], [-MARGIN, bottom]]])
    return Shape(line(rim).strokes, covers=(cover,))


def meadow(room: Room) -> Backdrop:
    """Two ranges of hills."""
    y = room.height * 0.5
    far = _below(_across(room, y, room.height * 0.025, 0.9), room)
    near = _below(_across(room, y + room.height * 0.13, room.height * 0.02, 0.7), room)
    return Backdrop(y + room.height * 0.12, room.height * 0.72, room.height * 0.94, (far,), (near,))


def snow(room: Room) -> Backdrop:
    plain = meadow(room)
    return Backdrop(plain.horizon, plain.back, plain.front_line, plain.behind, plain.between)


def desert(room: Room) -> Backdrop:
    y = room.height * 0.52
    dunes = [
        _below(_across(room, y + step * room.height * 0.11, room.height * 0.035, 0.8), room)
        for step in (0, 1)
    ]
    return Backdrop(y + room.height * 0.1, room.height * 0.74, room.height * 0.94, (dunes[0],), (dunes[1],))


def _waves(room: Room, top: float, bottom: float, rows: int) -> tuple[Shape, ...]:
    """Rows of waves, the nearer the larger; each row hides what floats behind it."""
    shapes = []
    for row in range(rows):
        share = row / max(1, rows - 1)
        y = top + (bottom - top) * share**1.2
        size = room.width * (0.055 + 0.05 * share)
        start = -size * (1 + room.random.random())
        shapes.append(_below(_scallops(start, room.width + 2 * size, y, size), room))
    return tuple(shapes)


def _scallops(left: float, right: float, y: float, size: float) -> Points:
    """Arcs side by side, with points between them."""
    t = np.linspace(0, np.pi, 7)[:-1]
    starts = np.arange(left, right, size)
    x = (starts[:, None] + size * (1 - np.cos(t)) / 2).ravel()
    down = np.tile(size * 0.28 * np.sin(t), len(starts))
    return np.stack([x, y + down], axis=1)


def sea(room: Room) -> Backdrop:
    """Water up to the horizon."""
    y = room.height * 0.5
    horizon = _below(np.array([[-MARGIN, y], [room.width + MARGIN, y]]), room)
    waves = _waves(room, y + room.height * 0.1, room.height * 0.93, 5)
    return Backdrop(
        y + room.height * 0.01,
        room.height * 0.66,
        room.height * 0.86,
        (horizon, *waves[:1]),
        waves[1:3],
        waves[3:],
    )


def beach(room: Room) -> Backdrop:
    y = room.height * 0.45
    horizon = _below(np.array([[-MARGIN, y], [room.width + MARGIN, y]]), room)
    waves = _waves(room, y + room.height * 0.05, y + room.height * 0.13, 2)
    sand = _below(_across(room, room.height * 0.64, room.height * 0.015, 0.6), room)
    return Backdrop(room.height * 0.68, room.height * 0.76, room.height * 0.94, (horizon, *waves, sand), ())


def underwater(room: Room) -> Backdrop:
    """Sand with plants below, waves of the surface above, bubbles."""
    sand = _below(_across(room, room.height * 0.86, room.height * 0.012, 1.1), room)
    surface = line(_scallops(-20.0, room.width + 20, room.height * 0.06, room.width * 0.08))
    plants = [_seaweed(room, x) for x in (0.06, 0.14, 0.88, 0.95)]
    return Backdrop(room.height * 0.9, room.height * 0.9, room.height * 0.955, (surface, *plants, sand), ())


def _seaweed(room: Room, share: float) -> Shape:
    """A swaying band."""
    height = room.height * room.random.uniform(0.2, 0.34)
    t = np.linspace(0, 1, 12)
    sway = np.sin(t * 9 + room.random.random() * 6) * room.width * 0.014
    half = room.width * 0.018 * (1 - 0.75 * t)
    x, y = room.width * share + sway, room.height * 0.9 - height * t
    left, right = np.stack([x - half, y], axis=1), np.stack([x + half, y], axis=1)
    return area(np.concatenate([left, right[::-1]]))


def road(room: Room) -> Backdrop:
    """A pavement and a street with its broken line."""
    y = room.height * 0.56
    kerb, street, verge = (_level(room, room.height * share) for share in (0.6, 0.64, 0.93))
    dashes = [_dash(room, x, room.height * 0.81) for x in np.arange(0.02, 1.1, 0.16)]
    return Backdrop(
        y + room.height * 0.045,
        room.height * 0.75,
        room.height * 0.91,
        (kerb,),
        (street, joined(*dashes), verge),
    )


def _level(room: Room, y: float) -> Shape:
    return _below(np.array([[-MARGIN, y], [room.width + MARGIN, y]]), room)


def _dash(room: Room, share: float, y: float) -> Shape:
    x, length, half = room.width * share, room.width * 0.09, room.height * 0.008
    return area([(x, y - half), (x + length, y - half), (x + length, y + half), (x, y + half)], smooth=False)


def room_inside(room: Room) -> Backdrop:
    """A wall, a skirting board, a floor with a rug."""
    boards = (_level(room, room.height * 0.62), _level(room, room.height * 0.65))
    rug = ellipse(room.width / 2, room.height * 0.86, room.width * 0.44, room.height * 0.1)
    rim = ellipse(room.width / 2, room.height * 0.86, room.width * 0.4, room.height * 0.08, inner=True)
    return Backdrop(room.height * 0.7, room.height * 0.75, room.height * 0.92, boards, (rug, rim))


def table(room: Room) -> Backdrop:
    """A table with a cloth."""
    top = room.height * 0.55
    board = _level(room, top)
    hem = _below(_scallops(-10.0, room.width + 20, room.height * 0.93, room.width * 0.09), room)
    edge = _level(room, room.height * 0.86)
    return Backdrop(top, room.height * 0.68, room.height * 0.84, (board,), (edge, hem))


def space(room: Room) -> Backdrop:
    """Nothing but the ground of a small planet."""
    ground = _below(_across(room, room.height * 0.82, room.height * 0.015, 0.5), room)
    craters = [
        ellipse(room.width * x, room.height * y, room.width * r, room.height * r * 0.3)
        for x, y, r in ((0.12, 0.9, 0.07), (0.86, 0.88, 0.06), (0.62, 0.95, 0.08))
    ]
    return Backdrop(room.height * 0.84, room.height * 0.87, room.height * 0.95, (ground, *craters), ())


def sky(room: Room) -> Backdrop:
    """Low hills under much sky."""
    hill = _below(_across(room, room.height * 0.84, room.height * 0.02, 0.8), room)
    return Backdrop(room.height * 0.86, room.height * 0.88, room.height * 0.95, (hill,), ())


BACKDROPS: dict[str, Callable[[Room], Backdrop]] = {
    "meadow": meadow,
    "snow": snow,
    "desert": desert,
    "sea": sea,
    "beach": beach,
    "underwater": underwater,
    "road": road,
    "room": room_inside,
    "table": table,
    "space": space,
    "sky": sky,
}
