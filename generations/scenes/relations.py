"""Where somebody is who rides, or is in, under, behind, before or beside somebody or something."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from generations.lineart.arrays import Points
from generations.scenes.actors import Actor
from generations.scenes.bodies import Parts
from generations.scenes.holding import parts_of
from generations.scenes.primitives import joined
from generations.scenes.room import Box
from generations.scenes.things import OPEN_HOUSE

HOLLOW = frozenset("🛶🚤⛵🛒🪣📦🛁🎁🎩🪺🪹🪴🛷🚀🛸🚁✈🛩🚗🚙🚜🚂🏎🛻🚌🚒🚓🚑🚚⛺") | {
    "hull",
    "cabriolet",
    "pirate ship",
}
BUILDINGS = frozenset({"houses", "large buildings"})
BACKS = frozenset({"large animals", "very large animals", "animals of the farm"})
# Where one sits, in shares of the height from the top; elsewhere it is on top.
SEATS = {
    "🧺": 0.46,
    "🛋": 0.68,
    "🛏": 0.62,
    "🪑": 0.6,
    "🐎": 0.42,
    "🐘": 0.3,
    "🐪": 0.3,
    "🐫": 0.35,
    "🚲": 0.78,
    "🏍": 0.8,
    "🛵": 0.85,
}
SEATS |= {"🛴": 0.9, "🛹": 0.4, "🌳": 0.55, "🌲": 0.6, "🌴": 0.3, "hull": 0.1, "cabriolet": 0.3, "🎠": 0.5}
IN_DEEP = 0.22  # of a figure that is hidden by what it sits in
ASTRIDE, SEATED = 0.72, 0.92  # how large a rider is beside the same on its feet
LEAST_INSIDE = 0.5  # of the width of a boat or car: the square of who sits in it
DOOR = Box(-0.2, -0.47, 0.2, 0.0)  # of our open house, in em
NEAR = 0.97  # of half the widths: who stands beside somebody nearly touches
OUT = 0.62  # of a figure that looks out from behind somebody


@dataclass(frozen=True)
class Placed:
    """An actor with the shapes that show it, back to front; `depth` is the height it stands on: the larger, the nearer."""

    actor: Actor
    parts: Parts
    depth: float = 0.0

    @cached_property
    def box(self) -> Box:
        return joined(*self.parts).box()

    def put(self, unit: float, x: float, y: float, depth: float) -> "Placed":
        """The same, `unit` times as large, then moved."""
        return Placed(self.actor, tuple(part.scaled(unit).moved(x, y) for part in self.parts), depth)

    def moved(self, x: float, y: float) -> "Placed":
        return replace(self, parts=_moved(self.parts, x, y))

    def mirrored(self) -> "Placed":
        return replace(self, parts=tuple(part.mirrored() for part in self.parts))


@dataclass(frozen=True)
class Slot:
    """One of `count` actors in the same relation to an anchor that has its place already."""

    anchor: Placed
    actor: Actor
    number: int
    count: int

    @property
    def share(self) -> float:
        """How far along the anchor, from 0 to 1."""
        return (self.number + 1) / (self.count + 1)

    @property
    def side(self) -> int:
        """Right and left of the anchor by turns."""
        return 1 if self.number % 2 == 0 else -1


Place = tuple[Parts, bool]  # the shapes, and whether they lie before the anchor's


def _on(slot: Slot) -> Place:
    """On its back, seat or top, or in it: then its lower part is hidden."""
    box, thing = slot.anchor.box, slot.anchor.actor.thing
    natural = (ASTRIDE if thing.kind == "bicycles" else SEATED) * _size(slot.actor) * _scale(slot.anchor)
    sinks = (
        thing.kind in BACKS
        or (slot.actor.relation == "in" and thing.glyph not in SEATS)
        or thing.glyph in HOLLOW
    )
    if thing.glyph in HOLLOW:
        natural = max(natural, LEAST_INSIDE * box.width)
    em = min(natural, 1.2 * max(box.height, 0.8 * box.width), 0.95 * box.width / slot.count)
    y = box.top + box.height * SEATS.get(thing.glyph, 0.12) + (IN_DEEP * em if sinks else 0)
    return _scaled(slot.actor, em, box.left + box.width * (0.1 + 0.8 * slot.share), y), not sinks


def _in(slot: Slot) -> Place:
    """In the door of a house, at the gate of a castle, or as one sits on it."""
    thing, box = slot.anchor.actor.thing, slot.anchor.box
    if thing.kind in BUILDINGS:
        return _scaled(slot.actor, 0.8 * _size(slot.actor), box.left + box.width * slot.share, 0.04), True
    if thing.glyph != OPEN_HOUSE.glyph:
        return _on(slot)
    em = thing.size * slot.anchor.actor.size
    own = joined(*parts_of(slot.actor)).box()
    fits = min(_size(slot.actor), em * DOOR.height / own.height, em * DOOR.width / own.width / slot.count)
    return _scaled(
        slot.actor, fits, em * (DOOR.left + DOOR.width * (slot.number + 0.5) / slot.count), 0.0
    ), True


def _under(slot: Slot) -> Place:
    """At its foot, to one side of the trunk or pole, a little nearer to us."""
    box = slot.anchor.box
    parts = natural_parts(slot.actor)
    own = joined(*parts).box()
    away = max(0.27 * box.width, 0.6 * own.width) * slot.side * (1 + slot.number // 2)
    return _moved(parts, (box.left + box.right) / 2 + away, 0.06), True


def _beside(slot: Slot) -> Place:
    """On the same ground, touching."""
    box, parts = slot.anchor.box, natural_parts(slot.actor)
    own = joined(*parts).box()
    away = NEAR * (box.width + own.width) / 2 + (slot.number // 2) * NEAR * own.width
    return _moved(parts, (box.left + box.right) / 2 + away * slot.side, 0.02), True


def _behind(slot: Slot) -> Place:
    """Partly hidden, a little higher up."""
    parts = natural_parts(slot.actor)
    own = joined(*parts).box()
    left, right = _extent(slot.anchor, own.height)
    edge = right + (OUT - 0.5) * own.width if slot.side > 0 else left - (OUT - 0.5) * own.width
    return _moved(parts, edge, -0.1 * min(own.height, slot.anchor.box.height)), False


def _before(slot: Slot) -> Place:
    """Before it, to one side, so that both are seen."""
    box, parts = slot.anchor.box, natural_parts(slot.actor)
    away = 0.38 * box.width * slot.side
    return _moved(parts, (box.left + box.right) / 2 + away, 0.1 * min(1.0, box.height)), True


RELATIONS: dict[str, Callable[[Slot], Place]] = {
    "on": _on,
    "in": _in,
    "under": _under,
    "beside": _beside,
    "behind": _behind,
    "before": _before,
}


def _extent(anchor: Placed, height: float) -> tuple[float, float]:
    """From where to where the anchor reaches below this height above the ground: of a tree, its trunk."""
    outline = np.concatenate([_dense(cover) for part in anchor.parts for cover in part.covers])
    low = outline[outline[:, 1] > anchor.box.bottom - height]
    return float(low[:, 0].min()), float(low[:, 0].max())


def _dense(outline: Points) -> Points:
    """An outline with nine more points on every side."""
    after = np.roll(outline, -1, axis=0)
    return np.concatenate([outline + share * (after - outline) for share in np.arange(0, 1, 0.1)])


def _scale(anchor: Placed) -> float:
    """How much larger or smaller than by itself the anchor is drawn."""
    return anchor.box.height / joined(*natural_parts(anchor.actor)).box().height


def _size(actor: Actor) -> float:
    return actor.thing.size * actor.size


def natural_parts(actor: Actor) -> Parts:
    """Alone, in squares of a child, its foot at 0, 0."""
    return _scaled(actor, _size(actor), 0, 0)


def _scaled(actor: Actor, em: float, x: float, y: float) -> Parts:
    return tuple(part.scaled(em).moved(x, y) for part in parts_of(actor))


def _moved(parts: Parts, x: float, y: float) -> Parts:
    return tuple(part.moved(x, y) for part in parts)
