"""Those who appear in a scene, and what they become together: holders, drivers, a fireman's engine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generations.scenes.things import CABRIOLET, HULL, OPEN_HOUSE, THINGS, Thing

BOATS = frozenset("⛵🛶🚤🚢🛥🛳⛴")
CARS = frozenset("🚗🚙🚕🏎")
HOUSES = frozenset("🏠🏡🏘🏚🛖")
# What a thing becomes in somebody's company.
COMPANY = {
    ("🧑‍🚒", "🚚"): "🚒",
    ("🧑‍🚒", "🚗"): "🚒",
    ("👮", "🚗"): "🚓",
    ("🧑‍⚕", "🚗"): "🚑",
    ("🧑‍🌾", "🚗"): "🚜",
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
    holds: Thing | None = None
    pulls: bool = False  # holds a string


def together(actors: Sequence[Actor]) -> list[Actor]:
    """The actors as they appear with each other; what is held appears with its holder."""
    return _seated(_handed(_in_company(actors)))


def _in_company(actors: Sequence[Actor]) -> list[Actor]:
    """A fireman's lorry is a fire engine."""
    there = {actor.thing.glyph for actor in actors}
    turned = {was: THINGS[now] for (who, was), now in COMPANY.items() if who in there}
    return [replace(actor, thing=turned.get(actor.thing.glyph, actor.thing)) for actor in actors]


def _handed(actors: Sequence[Actor]) -> list[Actor]:
    """What is held appears with its holder, who also knows of a string."""
    handed = list(actors)
    for carried in actors:
        if carried.relation in ("held", "tied"):
            holder = next(number for number, one in enumerate(handed) if one.wish == carried.beside)
            held = {"holds": carried.thing} if carried.relation == "held" else {"pulls": True}
            handed[holder] = replace(handed[holder], **held)
    return [actor for actor in handed if actor.relation != "held"]


def _seated(actors: Sequence[Actor]) -> list[Actor]:
    """A boat, car or house that somebody is in becomes one of ours, which has room for them."""
    inside = {actor.beside for actor in actors if actor.relation in ("in", "on")}
    entered = {actor.beside for actor in actors if actor.relation == "in"}
    ours = {**dict.fromkeys(BOATS, (inside, HULL)), **dict.fromkeys(CARS, (entered, CABRIOLET))}
    ours |= dict.fromkeys(HOUSES, (entered, OPEN_HOUSE))
    return [
        replace(actor, thing=ours[glyph][1]) if glyph in ours and actor.wish in ours[glyph][0] else actor
        for actor in actors
        for glyph in [actor.thing.glyph]
    ]
