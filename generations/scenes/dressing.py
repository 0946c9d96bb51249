"""What nobody asked for but every picture has: sun and clouds, stars, snow, grass and flowers, borders and patterns."""

from collections.abc import Callable, Sequence

import numpy as np

from generations.scenes.bodies import figure_parts
from generations.scenes.outlines import Shape, Stroke
from generations.scenes.primitives import area, drop, ellipse, flower, heart, joined, leaf, line, star
from generations.scenes.room import Box, Room

MORE = {"simple": 0, "standard": 1, "detailed": 2}


def sky_shapes(sky: str, ground: str, complexity: str, taken: Sequence[Box], room: Room) -> list[Shape]:
    """What hangs in the sky, where nobody is in the way."""
    makers = SKIES.get(sky, SKIES["day"])
    if ground in ("room", "table", "underwater"):
        makers = [one for one in makers if one[0] is garland] if sky == "garland" else INSIDE.get(ground, [])
    placed: list[Shape] = []
    for maker, counts in makers:
        for _ in range(counts[MORE[complexity]]):
            shape = maker(room)
            place = Box(0.02 * room.width, 0.02 * room.height, 0.98 * room.width, 0.42 * room.height)
            if ground in ("space", "underwater"):
                place = Box(0.02 * room.width, 0.05 * room.height, 0.98 * room.width, 0.8 * room.height)
            if maker is garland:
                placed.append(shape)
                continue
            x, y, crowd = room.free_place(shape.box(), place, [*taken, *(one.box() for one in placed)])
            if crowd < 0.02:
                placed.append(shape.moved(x, y))
    return placed


def _glyph(character: str, least: float, most: float) -> Callable[[Room], Shape]:
    def make(room: Room) -> Shape:
        return joined(*figure_parts(character)).scaled(room.random.uniform(least, most) * room.shorter)

    return make


def sun(room: Room) -> Shape:
    """A disc among pointed rays."""
    radius = 0.075 * room.shorter
    rays = []
    for turn in range(12):
        rays.append(
            area(
                [(-0.22 * radius, -1.22 * radius), (0, -1.75 * radius), (0.22 * radius, -1.22 * radius)],
                smooth=False,
            ).turned(30.0 * turn)
        )
    return joined(ellipse(0, 0, radius, radius), *rays)


def a_star(room: Room) -> Shape:
    return star(0, 0, room.random.uniform(0.018, 0.035) * room.shorter)


def flake(room: Room) -> Shape:
    """A snowflake that can be coloured: a flower of six."""
    return flower(0, 0, room.random.uniform(0.018, 0.03) * room.shorter, 6)


def raindrop(room: Room) -> Shape:
    return drop(0, 0, room.random.uniform(0.018, 0.024) * room.shorter)


def bubble(room: Room) -> Shape:
    radius = room.random.uniform(0.012, 0.03) * room.shorter
    return ellipse(0, 0, radius, radius)


def garland(room: Room) -> Shape:
    """Flags on a string along the upper rim."""
    count = 9 if room.width < room.height else 13
    x = np.linspace(0, room.width, count + 1)
    y = room.height * (0.02 + 0.05 * np.sin(np.linspace(0, np.pi, count + 1)))
    flags = []
    for left, right, top, end in zip(x[:-1], x[1:], y[:-1], y[1:], strict=True):
        tip = ((left + right) / 2, (top + end) / 2 + 0.075 * room.shorter)
        flags.append(area([(left + 1.5, top), (right - 1.5, end), tip], smooth=False))
    return joined(line(np.stack([x, y], axis=1)), *flags)


cloud = _glyph("☁", 0.16, 0.27)
SKIES: dict[str, list[tuple[Callable[[Room], Shape], tuple[int, int, int]]]] = {
    "day": [(sun, (1, 1, 1)), (cloud, (1, 2, 4))],
    "night": [(_glyph("🌙", 0.2, 0.22), (1, 1, 1)), (a_star, (5, 9, 18))],
    "snow": [(cloud, (1, 1, 2)), (flake, (5, 10, 20))],
    "rain": [(cloud, (2, 3, 4)), (raindrop, (5, 12, 22))],
    "space": [(a_star, (6, 12, 26))],
    "garland": [(garland, (1, 1, 1))],
}
INSIDE: dict[str, list[tuple[Callable[[Room], Shape], tuple[int, int, int]]]] = {
    "underwater": [(bubble, (6, 12, 22))],
}


def plants(ground: str, complexity: str, taken: Sequence[Box], room: Room) -> list[Shape]:
    """Grass and flowers before and between those who stand on a meadow."""
    if ground not in PLANTS:
        return []
    makers, count = PLANTS[ground], (3, 7, 14)[MORE[complexity]]
    place = Box(0.01 * room.width, 0.7 * room.height, 0.99 * room.width, 0.985 * room.height)
    placed: list[Shape] = []
    for _ in range(count):
        shape = room.random.choice(makers)(room)
        x, y, crowd = room.free_place(shape.box(), place, [*taken, *(one.box() for one in placed)])
        if crowd < 0.12:
            placed.append(shape.moved(x, y))
    return sorted(placed, key=lambda shape: shape.box().bottom)


def tuft(room: Room) -> Shape:
    """Three leaves of grass."""
    size = room.random.uniform(0.04, 0.065) * room.shorter
    return joined(
        *(leaf(0, 0, size * length, size * 0.3, lean) for lean, length in ((-32, 0.8), (30, 0.75), (0, 1.0)))
    )


def bloom(room: Room) -> Shape:
    """A flower on its stalk with two leaves."""
    size = room.random.uniform(0.03, 0.042) * room.shorter
    stalk = line([(0, 0), (0.1 * size, -size), (0, -2 * size)])
    return joined(
        stalk,
        leaf(0, 0, 1.2 * size, 0.5 * size, -48),
        leaf(0, 0, 1.2 * size, 0.5 * size, 48),
        flower(0, -2.6 * size, size),
    )


def stone(room: Room) -> Shape:
    size = room.random.uniform(0.025, 0.05) * room.shorter
    return area(
        [(-size, 0), (-0.8 * size, -0.55 * size), (0, -0.8 * size), (0.75 * size, -0.5 * size), (size, 0)]
    )


def starfish(room: Room) -> Shape:
    return star(0, 0, room.random.uniform(0.03, 0.045) * room.shorter, depth=0.5)


PLANTS: dict[str, list[Callable[[Room], Shape]]] = {
    "meadow": [tuft, bloom, tuft, bloom, stone],
    "sky": [tuft, bloom],
    "desert": [stone, stone, tuft],
    "beach": [starfish, stone],
    "underwater": [starfish, stone],
    "snow": [stone],
}


def border(complexity: str, room: Room) -> Shape | None:
    """A band of one motif along the rim of a simple page; it hides what lies under it."""
    if complexity != "simple":
        return None
    wide = 0.075 * room.shorter
    motif = room.random.choice(MOTIFS)
    motifs = [motif(x, y, 0.3 * wide) for x, y in _around(room, wide)]
    inner = [
        (wide, wide),
        (room.width - wide, wide),
        (room.width - wide, room.height - wide),
        (wide, room.height - wide),
    ]
    band = (
        [(0, 0), (room.width, 0), (room.width, wide), (0, wide)],
        [
            (0, room.height - wide),
            (room.width, room.height - wide),
            (room.width, room.height),
            (0, room.height),
        ],
        [(0, 0), (wide, 0), (wide, room.height), (0, room.height)],
        [
            (room.width - wide, 0),
            (room.width, 0),
            (room.width, room.height),
            (room.width - wide, room.height),
        ],
    )
    covers = tuple(np.array(part, np.float64) for part in band)
    frame = Shape((Stroke(np.array(inner, np.float64), closed=True, smooth=False),), covers=covers)
    inside = joined(*motifs)
    return Shape((*frame.strokes, *inside.strokes), inside.dots, inside.patches, covers)


def _around(room: Room, wide: float) -> list[tuple[float, float]]:
    """Evenly spaced middles of the motifs along the band."""
    across, down = room.width - wide, room.height - wide
    columns, rows = round(across / wide / 1.15), round(down / wide / 1.15)
    x = [wide / 2 + across * number / columns for number in range(columns + 1)]
    y = [wide / 2 + down * number / rows for number in range(1, rows)]
    top = [(one, wide / 2) for one in x] + [(one, room.height - wide / 2) for one in x]
    return top + [(wide / 2, one) for one in y] + [(room.width - wide / 2, one) for one in y]


MOTIFS: tuple[Callable[[float, float, float], Shape], ...] = (
    lambda x, y, r: star(x, y, 1.15 * r),
    lambda x, y, r: heart(x, y, 1.1 * r),
    lambda x, y, r: flower(x, y, 1.15 * r),
    lambda x, y, r: ellipse(x, y, r, r),
)
