"""What nobody asked for but every picture has: sun and clouds, stars, snow, grass and flowers, borders and patterns."""

from collections.abc import Callable, Sequence

import numpy as np

from generations.scenes.bodies import figure_parts
from generations.scenes.outlines import Shape
from generations.scenes.primitives import area, drop, ellipse, flower, heart, joined, leaf, line, star
from generations.scenes.room import Box, Room

# Of the height: where what lies on the ground begins; the moon is seen from high up.
GROUND_TOP, LUNAR_TOP = 0.7, 0.84


def sky_shapes(sky: str, ground: str, taken: Sequence[Box], room: Room) -> list[Shape]:
    """What hangs in the sky, where nobody is in the way."""
    makers = SKIES.get(sky, SKIES["day"])
    if ground in ("room", "table", "underwater"):
        makers = [*(one for one in makers if one[0] is garland), *INSIDE[ground]]
    placed: list[Shape] = []
    for maker, counts in makers:
        for _ in range(counts[room.rich]):
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
    "none": [(cloud, (1, 2, 3))],
    "garland": [(garland, (1, 1, 1))],
}


def window(room: Room) -> Shape:
    """A window with a cross of bars and a sill."""
    w, h = 0.15 * room.shorter, 0.2 * room.shorter
    pane = area([(-w, -h), (w, -h), (w, h), (-w, h)], smooth=False)
    sill = area([(-1.15 * w, h), (1.15 * w, h), (1.15 * w, 1.15 * h), (-1.15 * w, 1.15 * h)], smooth=False)
    return joined(pane, sill, line([(0, -h), (0, h)], smooth=False), line([(-w, 0), (w, 0)], smooth=False))


def framed(room: Room) -> Shape:
    """A picture on the wall."""
    w = 0.1 * room.shorter
    outer = area([(-w, -w), (w, -w), (w, w), (-w, w)], smooth=False)
    inner = area(
        [(-0.75 * w, -0.75 * w), (0.75 * w, -0.75 * w), (0.75 * w, 0.75 * w), (-0.75 * w, 0.75 * w)],
        smooth=False,
    )
    return joined(outer, inner, heart(0, 0, 0.45 * w))


INSIDE: dict[str, list[tuple[Callable[[Room], Shape], tuple[int, int, int]]]] = {
    "underwater": [(bubble, (6, 10, 20))],
    "room": [(window, (1, 1, 2)), (framed, (1, 1, 2))],
    "table": [(window, (1, 1, 1))],
}


def plants(ground: str, taken: Sequence[Box], room: Room) -> list[Shape]:
    """Grass and flowers, or stones and craters, before and between those who stand on a ground."""
    if ground not in PLANTS:
        return []
    makers, count = PLANTS[ground], (3, 7, 14)[room.rich]
    top = LUNAR_TOP if ground == "space" else GROUND_TOP
    place = Box(0.01 * room.width, top * room.height, 0.99 * room.width, 0.985 * room.height)
    placed: list[Shape] = []
    for _ in range(count):
        shape = room.random.choice(makers)(room)
        x, y, crowd = room.free_place(shape.box(), place, [*taken, *(one.box() for one in placed)])
        if crowd < 0.12:
            placed.append(shape.moved(x, y))
    return sorted(placed, key=lambda shape: shape.box().bottom)


def tuft(room: Room) -> Shape:
    """A tuft of grass: one area with pointed tips."""
    size = room.random.uniform(0.05, 0.075) * room.shorter
    tips = ((-0.5, 0), (-0.85, -0.7), (-0.3, -0.35), (-0.15, -1.05), (0.12, -0.38), (0.6, -0.85), (0.4, 0))
    return area([(x * size, y * size) for x, y in tips], smooth=False)


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


def crater(room: Room) -> Shape:
    radius = room.random.uniform(0.05, 0.08) * room.shorter
    return ellipse(0, 0, radius, 0.3 * radius)


def starfish(room: Room) -> Shape:
    return star(0, 0, room.random.uniform(0.03, 0.045) * room.shorter, depth=0.5)


PLANTS: dict[str, list[Callable[[Room], Shape]]] = {
    "meadow": [tuft, bloom, tuft, bloom, stone],
    "sky": [tuft, bloom],
    "desert": [stone, stone, tuft],
    "beach": [starfish, stone],
    "underwater": [starfish, stone],
    "snow": [stone],
    "space": [crater],
}
