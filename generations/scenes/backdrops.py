"""Grounds to stand on: hills, water, roads, rooms. Each is a few shapes and the heights that the figures keep to."""

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
    """`wall` lies behind what hangs there, `behind` behind what stands at the `horizon`, `between` before it.

    Figures stand between the heights `back` (small) and `front_line` (large), both in units from above.
    """

    horizon: float
    back: float
    front_line: float
    behind: tuple[Shape, ...] = ()
    between: tuple[Shape, ...] = ()
    wall: tuple[Shape, ...] = ()
    water: float = 0.0  # where boats float that are far from the shore
    waves: tuple[
        tuple[float, Shape], ...
    ] = ()  # among those who stand here: the height of each, and the wave


def meadow(room: Room) -> Backdrop:
    """Two ranges of hills; the far one has fields when there is much to see."""
    y = room.height * 0.48
    far_rim = _across(room, y, room.height * 0.025, 0.9)
    near = _below(_across(room, y + room.height * 0.13, room.height * 0.018, 0.7), room)
    fields = (_fields(room, far_rim),) if room.rich > 1 else ()
    behind = (_below(far_rim, room), *fields)
    return Backdrop(y + room.height * 0.12, room.height * 0.71, room.height * 0.94, behind, (near,))


def desert(room: Room) -> Backdrop:
    """Dunes."""
    y = room.height * 0.5
    dunes = [
        _below(_across(room, y + step * room.height * 0.11, room.height * 0.035, 0.8), room)
        for step in (0, 1)
    ]
    return Backdrop(y + room.height * 0.1, room.height * 0.73, room.height * 0.94, (dunes[0],), (dunes[1],))


def sea(room: Room) -> Backdrop:
    """Water up to the horizon."""
    y = room.height * 0.46
    first, *waves = _waves(room, y + room.height * 0.12, room.height * 0.95, 4 + room.rich)
    levels = tuple((wave.box().top, wave) for wave in waves)
    return Backdrop(
        y + room.height * 0.015,
        room.height * 0.68,
        room.height * 0.86,
        (_level(room, y), first),
        waves=levels,
    )


def beach(room: Room) -> Backdrop:
    """Sand before the sea."""
    y = room.height * 0.42
    waves = _waves(room, y + room.height * 0.05, y + room.height * 0.13, 2)
    sand = _below(_across(room, room.height * 0.61, room.height * 0.015, 0.6), room)
    behind = (_level(room, y), *waves)
    return Backdrop(
        room.height * 0.64,
        room.height * 0.75,
        room.height * 0.94,
        behind,
        (sand,),
        water=y + room.height * 0.09,
    )


def underwater(room: Room) -> Backdrop:
    """Sand with plants, the waves of the surface above."""
    sand = _below(_across(room, room.height * 0.86, room.height * 0.012, 1.1), room)
    surface = line(scallops(-20.0, room.width + 20, room.height * 0.05, room.width * 0.08))
    shares = (0.05, 0.13, 0.89, 0.96, 0.5, 0.3, 0.7)[: 3 + 2 * room.rich]
    plants = [_seaweed(room, share) for share in shares]
    return Backdrop(room.height * 0.9, room.height * 0.91, room.height * 0.955, (surface, *plants, sand), ())


def road(room: Room) -> Backdrop:
    """A pavement and a street with its broken line."""
    kerb, street, verge = (_level(room, room.height * share) for share in (0.58, 0.63, 0.93))
    dashes = [_dash(room, share, room.height * 0.8) for share in np.arange(0.02, 1.1, 0.16).tolist()]
    between = (street, joined(*dashes), verge)
    return Backdrop(room.height * 0.595, room.height * 0.74, room.height * 0.91, (kerb,), between)


def rails(room: Room) -> Backdrop:
    """A railway line on its bank."""
    field, bank = (_level(room, room.height * share) for share in (0.55, 0.72))
    near, far = 0.845 * room.height, 0.8 * room.height
    sleepers = [_sleeper(room, share, far, near) for share in np.arange(0.0, 1.05, 0.075).tolist()]
    tracks = [_bar(room, y) for y in (far, near)]
    return Backdrop(
        room.height * 0.57,
        room.height * 0.8,
        room.height * 0.86,
        (field,),
        (bank, *sleepers, *tracks, _level(room, 0.91 * room.height)),
    )


def room_inside(room: Room) -> Backdrop:
    """A wall, papered when there is much to see, a skirting board, a floor with a rug."""
    boards = (_level(room, room.height * 0.6), _level(room, room.height * 0.635))
    rug = ellipse(room.width / 2, room.height * 0.85, room.width * 0.45, room.height * 0.11)
    rim = ellipse(room.width / 2, room.height * 0.85, room.width * 0.41, room.height * 0.09, inner=True)
    paper = (_stripes(room, room.height * 0.6),) if room.rich > 1 else ()
    return Backdrop(room.height * 0.68, room.height * 0.73, room.height * 0.92, boards, (rug, rim), paper)


def table(room: Room) -> Backdrop:
    """A table with a cloth."""
    top = room.height * 0.5
    hem = _below(scallops(-10.0, room.width + 20, room.height * 0.93, room.width * 0.09), room)
    paper = (_stripes(room, top),) if room.rich else ()
    between = (_level(room, room.height * 0.87), hem)
    return Backdrop(top, room.height * 0.66, room.height * 0.84, (_level(room, top),), between, paper)


def space(room: Room) -> Backdrop:
    """Nothing but the ground of a small planet."""
    ground = _below(_across(room, room.height * 0.8, room.height * 0.015, 0.5), room)
    return Backdrop(room.height * 0.82, room.height * 0.86, room.height * 0.95, (ground,), ())


def sky(room: Room) -> Backdrop:
    """Low hills under much sky."""
    hill = _below(_across(room, room.height * 0.84, room.height * 0.02, 0.8), room)
    return Backdrop(room.height * 0.86, room.height * 0.88, room.height * 0.95, (hill,), ())


BACKDROPS: dict[str, Callable[[Room], Backdrop]] = {
    "meadow": meadow,
    "snow": meadow,
    "desert": desert,
    "sea": sea,
    "beach": beach,
    "underwater": underwater,
    "road": road,
    "rails": rails,
    "room": room_inside,
    "table": table,
    "space": space,
    "sky": sky,
}


def rise(room: Room, y: float) -> Shape:
    """The ground from a gently rolling line downwards."""
    return _below(_across(room, y, room.height * 0.012, 0.8), room)


def _across(room: Room, y: float, swing: float, waves: float) -> Points:
    """A rolling line from rim to rim."""
    x = np.linspace(-MARGIN, room.width + MARGIN, 28)
    phase, second = room.random.random() * 6, room.random.random() * 6
    t = x / room.width * 2 * np.pi
    roll = np.sin(waves * t + phase) + 0.35 * np.sin(2.3 * waves * t + second)
    return np.stack([x, y + swing * roll], axis=1)


def _level(room: Room, y: float) -> Shape:
    return _below(np.array([[-MARGIN, y], [room.width + MARGIN, y]]), room)


def _below(rim: Points, room: Room) -> Shape:
    """Everything from a line to the picture's lower rim; only the line is drawn."""
    bottom = room.height + MARGIN
    cover = np.concatenate([rim, [[room.width + MARGIN, bottom], [-MARGIN, bottom]]])
    return Shape(line(rim).strokes, covers=(cover,))


def _fields(room: Room, rim: Points) -> Shape:
    """Furrows that run down a hill from its rim, further apart towards us."""
    middle = room.width / 2
    furrows = []
    for x, y in rim[3:-3:4].tolist():
        end = middle + (x - middle) * 1.5
        furrows.append(
            line([(x, y), (x + (end - x) * 0.35, y + 0.1 * room.height), (end, y + 0.3 * room.height)])
        )
    return joined(*furrows)


def _waves(room: Room, top: float, bottom: float, rows: int) -> tuple[Shape, ...]:
    """Rows of waves, the nearer the larger; each row hides what floats behind it."""
    shapes = []
    for row in range(rows):
        share = row / max(1, rows - 1)
        y = top + (bottom - top) * share**1.2
        size = room.width * (0.06 + 0.05 * share)
        start = -size * (1 + room.random.random())
        shapes.append(_below(scallops(start, room.width + 2 * size, y, size), room))
    return tuple(shapes)


def scallops(left: float, right: float, y: float, size: float) -> Points:
    """Hollow arcs side by side, with points between them."""
    t = np.linspace(0, np.pi, 7)[:-1]
    starts = np.arange(left, right, size)
    x = (starts[:, None] + size * (1 - np.cos(t)) / 2).ravel()
    down = np.tile(size * 0.28 * np.sin(t), len(starts))
    return np.stack([x, y + down], axis=1)


def _seaweed(room: Room, share: float) -> Shape:
    """A swaying band."""
    height = room.height * room.random.uniform(0.2, 0.36)
    t = np.linspace(0, 1, 12)
    sway = np.sin(t * 9 + room.random.random() * 6) * room.width * 0.014
    half = room.width * 0.02 * (1 - 0.75 * t)
    x, y = room.width * share + sway, room.height * 0.9 - height * t
    left, right = np.stack([x - half, y], axis=1), np.stack([x + half, y], axis=1)
    return area(np.concatenate([left, right[::-1]]))


def _dash(room: Room, share: float, y: float) -> Shape:
    x, length, half = room.width * share, room.width * 0.09, room.height * 0.009
    return area([(x, y - half), (x + length, y - half), (x + length, y + half), (x, y + half)], smooth=False)


def _sleeper(room: Room, share: float, far: float, near: float) -> Shape:
    x, half, over = room.width * share, 0.009 * room.width, 0.018 * room.height
    return area(
        [(x - half, far - over), (x + half, far - over), (x + half, near + over), (x - half, near + over)],
        smooth=False,
    )


def _bar(room: Room, y: float) -> Shape:
    half = 0.006 * room.height
    ends = (-MARGIN, room.width + MARGIN)
    return area(
        [(ends[0], y - half), (ends[1], y - half), (ends[1], y + half), (ends[0], y + half)], smooth=False
    )


def _stripes(room: Room, bottom: float) -> Shape:
    """Broad stripes of wallpaper."""
    count = round(room.width / 24)
    shares = np.arange(1, count) / count
    return joined(*(line([(room.width * s, -MARGIN), (room.width * s, bottom)], inner=True) for s in shares))
