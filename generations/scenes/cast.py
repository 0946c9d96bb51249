"""From an idea to those who appear: every wish as glyphs, with what the place brings along."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from generations.scenes.actors import Actor, together
from generations.scenes.grounds import needs_land, placed_on, usual_ground
from generations.scenes.idea import Idea, Wish
from generations.scenes.things import DATA, THINGS

SEVERAL_OF_ONE = (2, 3)  # of each kind: two where many kinds are asked for
MANY_WISHES = 3
SEVERAL_OF_A_GROUP = {"simple": 2, "standard": 3, "detailed": 5}
COMPANIONS = {"simple": 0, "standard": 2, "detailed": 4}
MOST_MUST = {
    "simple": 1,
    "standard": 2,
    "detailed": 3,
}  # of what belongs to a place, beside what was asked for
ALONE = {"simple": 2, "standard": 4, "detailed": 7}  # when nothing but a place was named
ANIMALS = frozenset(
    {
        "pets",
        "mice",
        "animals of the farm",
        "large animals",
        "very large animals",
        "animals of which we have the head",
        "animals that look out of a bush",
    }
)
MOST_ACTORS = 24
COMPANION_SIZE = 0.58


@dataclass(frozen=True)
class Cast:
    """Who appears, on which ground and under which sky."""

    actors: tuple[Actor, ...]
    ground: str
    sky: str


@cache
def data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def cast_for(idea: Idea, complexity: str, random: Random) -> Cast:
    """Who appears when this idea is drawn: the same idea, complexity and random numbers give the same cast."""
    places = [data("places")[wish.value] for wish in idea.wishes if wish.kind == "place"]
    asked = together(_asked_for(idea, places, complexity, random))
    ground = str(places[0]["ground"]) if places else usual_ground(asked)
    actors = [*asked, *_brought(places, asked, complexity, random)][:MOST_ACTORS]
    if ground == "sea" and any(needs_land(actor, idea) for actor in actors):
        ground = "beach"
    sky = next((place["sky"] for place in places if "sky" in place), "day")
    at_home = [replace(actor, place=placed_on(actor, ground)) for actor in actors]
    return Cast(tuple(at_home), ground, "space" if ground == "space" else sky)


def _asked_for(idea: Idea, places: list[dict[str, Any]], complexity: str, random: Random) -> list[Actor]:
    """Every wish as so many actors as it says."""
    local = animals_at(places)
    several = SEVERAL_OF_ONE[len(idea.wishes) < MANY_WISHES]
    actors: list[Actor] = []
    for number, wish in enumerate(idea.wishes):
        count = wish.count or (SEVERAL_OF_A_GROUP[complexity] if wish.kind == "group" else several)
        actors += [
            Actor(THINGS[glyph], _by_nature(glyph, wish), wish.size, True, number, wish.relation, wish.beside)
            for glyph in _some(choice(wish, local), count, random)
        ]
    return actors


def choice(wish: Wish, local: list[str]) -> list[str]:
    """The glyphs that a wish may be; "animals" are those of the place, where it has enough."""
    if wish.kind == "thing":
        return [wish.value]
    if wish.kind == "group":
        return local if wish.value == "animals" and len(local) > 2 else list(data("groups")[wish.value])
    return []


def animals_at(places: Iterable[dict[str, Any]]) -> list[str]:
    """Those that a place names a group for, else those that belong there."""
    return [glyph for place in places for glyph in _animals_of(place)]


def _animals_of(place: dict[str, Any]) -> list[str]:
    if "animals" in place:
        return list(data("groups")[place["animals"]])
    return [glyph for glyph in (*place["must"], *place["may"]) if THINGS[glyph].kind in ANIMALS]


def _by_nature(glyph: str, wish: Wish) -> str:
    place = THINGS[glyph].place
    return "sky" if wish.aloft and place != "high" else place


def _some(glyphs: list[str], count: int, random: Random) -> list[str]:
    """`count` of the glyphs, each once before any is taken again."""
    chosen: list[str] = []
    while glyphs and len(chosen) < count:
        chosen += random.sample(glyphs, min(len(glyphs), count - len(chosen)))
    return chosen


def _brought(
    places: list[dict[str, Any]], actors: list[Actor], complexity: str, random: Random
) -> list[Actor]:
    """What belongs to the places and was not asked for."""
    there = {actor.thing.glyph for actor in actors}
    brought: list[str] = []
    for place in places:
        must = [glyph for glyph in place["must"] if glyph not in there]
        may = [glyph for glyph in place["may"] if glyph not in there]
        most = MOST_MUST[complexity] if actors else ALONE[complexity]
        more = most - len(must) if not actors else COMPANIONS[complexity]
        brought += [*must[:most], *random.sample(may, max(0, min(more, len(may))))]
    return [
        Actor(THINGS[glyph], THINGS[glyph].place, _brought_size(glyph, actors), main=not actors)
        for glyph in dict.fromkeys(brought)
    ]


def _brought_size(glyph: str, actors: list[Actor]) -> float:
    """What comes along is smaller than what was asked for."""
    return COMPANION_SIZE if actors and THINGS[glyph].place not in ("far", "high", "indoors") else 1.0
