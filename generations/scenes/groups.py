"""Those who belong together: whoever stands in a relation to somebody, and that one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generations.scenes.actors import Actor
from generations.scenes.idea import TIED
from generations.scenes.relations import RELATIONS, Placed, Slot, natural_parts
from generations.scenes.room import Box, Room

UPRIGHT = frozenset({"far", "high", "table", "indoors"})  # never mirrored: clocks, signs
TURNED = 0.4  # share of the others that look the other way


@dataclass(frozen=True)
class Group:
    """One or more actors, back to front, in squares of a child; the `lead` stands on y = 0."""

    lead: Actor
    members: tuple[Placed, ...]

    @cached_property
    def box(self) -> Box:
        boxes = [member.box for member in self.members]
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def is_main(self) -> bool:
        return self.lead.main

    def put(self, unit: float, x: float, y: float, depth: float) -> list[Placed]:
        """Everybody, in a place of the picture: the lead's foot at (x, y), a child's square `unit` large."""
        steps = range(len(self.members))
        return [
            one.put(unit, x, y, depth + step / 1e4) for step, one in zip(steps, self.members, strict=True)
        ]


def groups_of(actors: Sequence[Actor], room: Room) -> list[Group]:
    """Each actor in one group: with whom it stands in a relation that `RELATIONS` knows, or alone."""
    anchors = {number: _anchor(number, actors) for number in range(len(actors))}
    groups = []
    for number, actor in enumerate(actors):
        if anchors[number] is None:
            lead = Placed(actor, natural_parts(actor))
            group = Group(actor, tuple(_with_followers(lead, number, actors, anchors)))
            groups.append(_turned(group, room))
    return groups


def _anchor(number: int, actors: Sequence[Actor]) -> int | None:
    """The number of the one that this actor stands in a relation to; several of a kind share them out."""
    actor = actors[number]
    if actor.relation not in RELATIONS or (
        actor.place in ("sky", "high", "sea") and actor.relation not in ("on", "in")
    ):
        return None
    never = (
        ("high", "far") if actor.relation == "before" else ("high",)
    )  # a castle is behind everybody anyway
    others = [n for n, one in enumerate(actors) if one.wish == actor.beside and one.place not in never]
    own = [n for n, one in enumerate(actors) if one.wish == actor.wish]
    return others[own.index(number) % len(others)] if others else None


def _with_followers(
    anchor: Placed, number: int, actors: Sequence[Actor], anchors: dict[int, int | None]
) -> list[Placed]:
    """The anchor and all who stand in a relation to it or to one of those, back to front."""
    back: list[Placed] = []
    front: list[Placed] = []
    followers = [follower for follower, of in anchors.items() if of == number]
    for follower in followers:
        alike = [one for one in followers if actors[one].relation == actors[follower].relation]
        slot = Slot(anchor, actors[follower], alike.index(follower), len(alike))
        parts, is_before = RELATIONS[slot.actor.relation](slot)
        near = _with_followers(Placed(slot.actor, parts), follower, actors, anchors)
        (front if is_before else back).extend(near)
    return [*back, anchor, *front]


def _turned(group: Group, room: Room) -> Group:
    """Now and then looking the other way."""
    can = group.lead.thing.place not in UPRIGHT and group.lead.thing.glyph not in TIED
    turn = room.random.random() < TURNED
    return replace(group, members=tuple(one.mirrored() for one in group.members)) if can and turn else group
