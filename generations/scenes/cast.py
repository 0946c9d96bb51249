"""From an idea to those who appear: every wish as glyphs, with what the place brings along."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from generations.scenes.idea import Idea, Wish
from generations.scenes.things import DATA, HULL, THINGS, Thing

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
# Grounds by what stands on them, when the idea names no place: the first that has one of these places.
GROUNDS = (("water", "sea"), ("sea", "underwater"), ("road", "road"), ("indoors", "room"))
SPACE = frozenset("🚀🛸🪐☄👾🛰") | {"🧑‍🚀"}
COLD = frozenset("⛄☃🐧🛷⛸🎿🎅") | {"🐻‍❄"}
HOT = frozenset("🌵🐪🐫")
FLOATERS = frozenset("🦆🦢🪿🐊🐸🐢")
BOATS = frozenset("⛵🛶🚤🚢🛥🛳⛴")
LAND = frozenset({"ground", "road", "floor", "indoors", "table"})


GROUNDED = dict.fromkeys(("water", "sea", "floor", "indoors", "road", "table"), "ground")
# What is at home elsewhere, by the ground: where it goes. GROUNDED on all others.
ELSEWHERE = {
    "sea": {"sea": "water", **dict.fromkeys(("floor", "road", "indoors", "table"), "ground")},
    "beach": {**GROUNDED, "water": "offshore", "sea": "offshore"},
    "underwater": dict.fromkeys(("ground", "far", "table", "road", "indoors"), "floor"),
    "space": {**GROUNDED, "high": "sky", "far": "ground"},
    "room": {**GROUNDED, "far": "ground"},
    "table": {**GROUNDED, "far": "ground"},
}


@dataclass(frozen=True)
class Actor:
    """One of those who appear. `place` is where this one stands (THINGS says where by nature); `main` was asked for."""

    thing: Thing
    place: str
    size: float = 1.0
    main: bool = True
    wish: int = -1
    relation: str = ""
    beside: int = -1  # the number of the wish


@dataclass(frozen=True)
class Cast:
    """Who appears, on which ground and under which sky."""

    actors: tuple[Actor, ...]
    ground: str
    sky: str


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def cast_for(idea: Idea, complexity: str, random: Random) -> Cast:
    """Who appears when this idea is drawn: the same idea, complexity and random numbers give the same cast."""
    places = [_data("places")[wish.value] for wish in idea.wishes if wish.kind == "place"]
    local = [glyph for place in places for glyph in (*place["must"], *place["may"]) if _is_animal(glyph)]
    several = SEVERAL_OF_ONE[len(idea.wishes) < MANY_WISHES]
    actors: list[Actor] = []
    for number, wish in enumerate(idea.wishes):
        count = wish.count or (SEVERAL_OF_A_GROUP[complexity] if wish.kind == "group" else several)
        actors += [
            Actor(THINGS[glyph], _by_nature(glyph, wish), wish.size, True, number, wish.relation, wish.beside)
            for glyph in _some(_choice(wish, local), count, random)
        ]
    ground = _ground(places, actors)
    actors = _seated(actors)
    actors += _brought(places, actors, complexity, random)
    if ground == "sea" and any(_needs_land(actor, idea) for actor in actors):
        ground = "beach"
    sky = next((place["sky"] for place in places if "sky" in place), "day")
    at_home = [replace(actor, place=_place(actor, ground)) for actor in actors[:MOST_ACTORS]]
    return Cast(tuple(at_home), ground, "space" if ground == "space" else sky)


def _seated(actors: list[Actor]) -> list[Actor]:
    """A boat that somebody sits in becomes one with room in it."""
    ridden = {actor.beside for actor in actors if actor.relation in ("in", "on")}
    return [
        replace(actor, thing=HULL) if actor.wish in ridden and actor.thing.glyph in BOATS else actor
        for actor in actors
    ]


def _needs_land(actor: Actor, idea: Idea) -> bool:
    """Whether this one can neither swim nor float nor sit on something that does."""
    sits = actor.relation in ("in", "on") and idea.wishes[actor.beside].kind == "thing"
    return actor.place in LAND and actor.thing.glyph not in FLOATERS and not sits


def _choice(wish: Wish, local: list[str]) -> list[str]:
    """The glyphs that a wish may be; "animals" are those of the place, where it has enough."""
    if wish.kind == "thing":
        return [wish.value]
    if wish.kind == "group":
        return local if wish.value == "animals" and len(local) > 2 else list(_data("groups")[wish.value])
    return []


def _is_animal(glyph: str) -> bool:
    return THINGS[glyph].kind in ANIMALS


def _by_nature(glyph: str, wish: Wish) -> str:
    place = THINGS[glyph].place
    return "sky" if wish.aloft and place != "high" else place


def _some(glyphs: list[str], count: int, random: Random) -> list[str]:
    """`count` of the glyphs, each once before any is taken again."""
    chosen: list[str] = []
    while glyphs and len(chosen) < count:
        chosen += random.sample(glyphs, min(len(glyphs), count - len(chosen)))
    return chosen


def _ground(places: list[dict[str, Any]], actors: list[Actor]) -> str:
    if places:
        return str(places[0]["ground"])
    glyphs = {actor.thing.glyph for actor in actors}
    kinds = {actor.thing.place for actor in actors}
    if glyphs & SPACE and not kinds & {"water", "road"}:
        return "space"
    for special, ground in ((COLD, "snow"), (HOT, "desert")):
        if glyphs & special:
            return ground
    if kinds <= {"table"}:
        return "table"
    if kinds <= {"high", "sky"}:
        return "sky"
    return next((ground for place, ground in GROUNDS if place in kinds), "meadow")


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
    return COMPANION_SIZE if actors and THINGS[glyph].place not in ("far", "high") else 1.0


def _place(actor: Actor, ground: str) -> str:
    """Where this one stands on this ground: a duck swims, a whale on the beach is far out."""
    if ground == "sea" and actor.thing.glyph in FLOATERS:
        return "water"
    return ELSEWHERE.get(ground, GROUNDED).get(actor.place, actor.place)
