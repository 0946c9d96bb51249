"""From an idea to a scene: cast, backdrop, places, dressing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from generations.scenes.backdrops import BACKDROPS, rise
from generations.scenes.borders import border
from generations.scenes.cast import Cast, cast_for
from generations.scenes.dressing import plants, sky_shapes
from generations.scenes.idea import Idea
from generations.scenes.layout import lay_out
from generations.scenes.outlines import Shape, dense
from generations.scenes.relations import Placed
from generations.scenes.room import Box, Room
from generations.scenes.scene import Figure, Scene
from generations.scenes.scene_file import on_grid

LONG, SHORT = 277.0, 190.0  # units: what a sheet of A4 leaves for the picture, in mm
WIDE_GROUNDS = frozenset({"sea", "road", "rails", "underwater", "beach"})
ROLLING = frozenset({"meadow", "snow", "desert", "beach"})
RISE = 0.035  # of the height: how far above the feet of a row its ground begins
MOST_UPRIGHT = 2  # standing figures that still suit an upright page
RICH = {"simple": 0, "standard": 1, "detailed": 2}


def compose_scene(idea: Idea, complexity: str, seed: int, aspect: float | None = None) -> Scene:
    """The scene of an idea, in a picture of this aspect (width over height), else in the one that suits it on paper.

    The same idea, complexity, seed and aspect give the same scene.
    """
    random = Random(f"{seed} {_fingerprint(idea)} {complexity}")  # noqa: S311
    cast = cast_for(idea, complexity, random)
    width, height = _fitted(aspect) if aspect else (LONG, SHORT) if _is_wide(cast) else (SHORT, LONG)
    rim = border(complexity, width, height, random)
    inset = rim.wide if rim else 0.0
    room = Room(width - 2 * inset, height - 2 * inset, random, RICH[complexity])
    backdrop = BACKDROPS[cast.ground](room)
    layout = lay_out(cast.actors, backdrop, room)
    everybody = [*layout.near, *layout.far, *layout.aloft, *layout.high]
    taken = [
        *(one.box for one in everybody),
        *(along for string in layout.strings for along in _along(string)),
    ]
    high = sky_shapes(_sky(cast), cast.ground, taken, room)
    small = plants(cast.ground, [one.box for one in layout.near], room)
    figures = [
        *_around(backdrop.wall),
        *_around(high),
        *_of(layout.high),
        *_around(backdrop.behind),
        *_of(layout.far),
        *_around(backdrop.between),
        *_of(layout.aloft),
        *_mixed(
            layout.near,
            [(shape.box().bottom, shape) for shape in small],
            backdrop.waves,
            _crests(cast.ground, layout.rows, room),
        ),
        *[Figure(string, "subject") for string in layout.strings],
    ]
    inside = [replace(one, shape=on_grid(one.shape.moved(inset, inset))) for one in figures]
    return Scene(width, height, (*inside, *_around([on_grid(rim.shape)] if rim else [])))


def _fitted(aspect: float) -> tuple[float, float]:
    """Width and height of the largest picture of this aspect on a sheet."""
    width, height = (LONG, SHORT) if aspect > 1 else (SHORT, LONG)
    return min(width, height * aspect), min(height, width / aspect)


def _fingerprint(idea: Idea) -> str:
    return hashlib.sha256(repr(idea.wishes).encode()).hexdigest()


def _sky(cast: Cast) -> str:
    """No second sun beside one that was asked for."""
    return (
        "none"
        if any(actor.place == "high" and actor.main for actor in cast.actors) and cast.sky == "day"
        else cast.sky
    )


def _is_wide(cast: Cast) -> bool:
    standing = [actor for actor in cast.actors if actor.place not in ("sky", "high")]
    aloft = any(actor.place == "sky" for actor in cast.actors)
    return len(standing) > MOST_UPRIGHT or (cast.ground in WIDE_GROUNDS and not aloft)


def _around(shapes: Iterable[Shape]) -> list[Figure]:
    return [Figure(shape) for shape in shapes]


def _of(placed: Iterable[Placed]) -> list[Figure]:
    return [Figure(part, "subject" if one.actor.main else "around") for one in placed for part in one.parts]


def _crests(ground: str, rows: Sequence[float], room: Room) -> list[tuple[float, Shape]]:
    """Where the land rolls, each row but the first stands on a rise of its own."""
    if ground not in ROLLING:
        return []
    heights = [y - RISE * room.height for y in rows[:-1]]
    return [(y, rise(room, y)) for y in heights]


def _along(string: Shape) -> list[Box]:
    """Boxes along a string, so that no cloud hangs on it."""
    return [Box(x - 3, y - 3, x + 3, y + 3) for x, y in dense(string.strokes[0])[::20].tolist()]


def _mixed(near: Iterable[Placed], *between: Iterable[tuple[float, Shape]]) -> list[Figure]:
    """Those on the ground with the plants or waves between them, by their depth."""
    layers = [(one.depth, _of([one])) for one in near]
    layers += [(depth, _around([shape])) for shapes in between for depth, shape in shapes]
    return [figure for _depth, figures in sorted(layers, key=lambda layer: layer[0]) for figure in figures]
