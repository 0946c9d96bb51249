"""What everybody stands on, and where those go who are at home elsewhere."""

from collections.abc import Sequence

from generations.scenes.actors import Actor
from generations.scenes.idea import Idea

# Grounds by what stands on them, when the idea names no place: the first that has one of these places.
GROUNDS = (("water", "sea"), ("sea", "underwater"), ("road", "road"), ("indoors", "room"))
SPACE = frozenset("🚀🛸🪐☄👾🛰") | {"🧑‍🚀"}
COLD = frozenset("⛄☃🐧🛷⛸🎿🎅") | {"🐻‍❄"}
HOT = frozenset("🌵🐪🐫")
TRAINS = frozenset("🚂🚃🚄🚅🚆🚊🚞🚋")
FLOATERS = frozenset("🦆🦢🪿🐊🐸🐢")
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


def usual_ground(actors: Sequence[Actor]) -> str:
    """The backdrop that suits these actors when no place was named."""
    glyphs = {actor.thing.glyph for actor in actors}
    kinds = {actor.thing.place for actor in actors}
    if glyphs & SPACE and not kinds & {"water", "road"}:
        return "space"
    for special, ground in ((COLD, "snow"), (HOT, "desert"), (TRAINS, "rails")):
        if glyphs & special:
            return ground
    if kinds <= {"table"}:
        return "table"
    if kinds <= {"high", "sky"}:
        return "sky"
    return next((ground for place, ground in GROUNDS if place in kinds), "meadow")


def needs_land(actor: Actor, idea: Idea) -> bool:
    """Whether this one can neither swim nor float nor sit on something that does."""
    sits = actor.relation in ("in", "on") and idea.wishes[actor.beside].kind == "thing"
    return actor.place in LAND and actor.thing.glyph not in FLOATERS and not sits


def placed_on(actor: Actor, ground: str) -> str:
    """Where this one stands on this ground: a duck swims, a whale on the beach is far out."""
    if ground == "sea" and actor.thing.glyph in FLOATERS:
        return "water"
    return ELSEWHERE.get(ground, GROUNDED).get(actor.place, actor.place)
