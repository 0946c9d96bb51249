"""Places for everybody: rows on the ground, the horizon, the air, the sky; strings from hand to kite."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generations.scenes.actors import Actor
from generations.scenes.backdrops import Backdrop
from generations.scenes.groups import Group, groups_of
from generations.scenes.outlines import Shape
from generations.scenes.primitives import line
from generations.scenes.relations import Placed
from generations.scenes.room import Box, Room
from generations.scenes.rows import rows_of, standing

FAR = 0.24  # of the shorter side: the square of a child at the horizon
ALOFT = 0.3  # of the shorter side: the same in the air
HIGH = 0.28
MAIN_LARGER = 1.35  # what was asked for, beside what comes along
ALONE = (0.85, 0.55, 0.45)  # of the shorter side: the largest of one, two or more, where nobody else is
CROWDED = 0.12  # share of a figure that may lie before others before it is made smaller
SMALLER = 0.82
STANDING = frozenset({"ground", "road", "floor", "indoors", "table", "water"})
KITE_KNOT = (0.4, 0.6)  # where the string is tied, in shares of the kite's box
SLACK = 0.1  # of the height of a string: how far it hangs through


@dataclass(frozen=True)
class Layout:
    """Everybody in their place, by layers from back to front; `strings` before all, `rows` are the heights of those near."""

    high: tuple[Placed, ...]
    far: tuple[Placed, ...]
    aloft: tuple[Placed, ...]
    near: tuple[Placed, ...]
    strings: tuple[Shape, ...]
    rows: tuple[float, ...]


def lay_out(actors: Sequence[Actor], backdrop: Backdrop, room: Room) -> Layout:
    """The same actors, backdrop and random numbers give the same places."""
    groups = groups_of(actors, room)
    ground = [group for group in groups if group.lead.place in STANDING]
    far = [group for group in groups if group.lead.place == "far"]
    called = [group for group in far if not ground or len(group.members) > 1]
    rows = rows_of([*ground, *called], backdrop, room, _top(actors, room))
    near = [one for row in rows for spot in row for one in standing(spot, backdrop)]
    free = _Free(room, [*(spot.box for row in rows for spot in row), *_above_holders(near)])
    distant = free.scatter([one for one in far if one not in called], _horizon(backdrop.horizon, room), FAR)
    distant += free.scatter(_at("offshore", groups), _horizon(backdrop.water, room), FAR)
    aloft = free.scatter(_at("sea", groups), _water(backdrop, room), ALOFT)
    tied = [one for one in _at("sky", groups) if one.lead.relation == "tied"]
    aloft += free.scatter(tied, _above(near, room), ALOFT)
    aloft += free.scatter([one for one in _at("sky", groups) if one not in tied], _air(backdrop, room), ALOFT)
    high = free.scatter(_at("high", groups), _heaven(room, 0.34 if free.taken else 0.75), HIGH)
    near, strings = _tied(near, aloft)
    heights = tuple(max(spot.y for spot in row) for row in rows)
    return Layout(tuple(high), tuple(distant), tuple(aloft), tuple(near), strings, heights)


def _above_holders(near: Sequence[Placed]) -> list[Box]:
    """The air right above those who hold a string, which is to go up beside them."""
    boxes = [one.box for one in near if one.actor.pulls]
    return [Box(box.left + 0.2 * box.width, 0, box.right - 0.2 * box.width, box.top) for box in boxes]


def _at(place: str, groups: Sequence[Group]) -> list[Group]:
    return [group for group in groups if group.lead.place == place]


def _top(actors: Sequence[Actor], room: Room) -> float:
    """How high those on the ground may reach: less high where somebody is in the air."""
    return room.height * (0.3 if any(actor.place in ("sky", "high") for actor in actors) else 0.12)


@dataclass
class _Free:
    """What is left of a picture beside the boxes that are taken."""

    room: Room
    taken: list[Box]

    def scatter(self, groups: Sequence[Group], within: Box, usual: float) -> list[Placed]:
        """Wherever there is room within a box, the largest first, smaller where it is crowded; takes that room."""
        unit = self._unit(groups, within, usual)
        placed: list[Placed] = []
        for group in sorted(groups, key=_extent, reverse=True):
            members = self._somewhere(group, unit, within)
            self.taken += [member.box for member in members]
            placed += members
        return placed

    def _unit(self, groups: Sequence[Group], within: Box, usual: float) -> float:
        """The square of a child, so that half of the box stays free."""
        shorter, main = self.room.shorter, any(group.is_main for group in groups)
        if main and not self.taken:  # nobody else is there: they are what the picture is about
            usual = ALONE[min(len(groups), len(ALONE)) - 1] / max(map(_extent, groups))
        elif main:
            usual *= MAIN_LARGER
        return min(
            usual * shorter,
            (0.5 * within.area / sum(_extent(one) ** 2 for one in groups)) ** 0.5 if groups else 0,
        )

    def _somewhere(self, group: Group, unit: float, within: Box) -> list[Placed]:
        unit = min(unit, 0.95 * within.width / group.box.width, 1.3 * within.height / group.box.height)
        for _ in range(5):
            box = group.box.scaled(unit)
            on_a_line = group.lead.place in ("far", "offshore")
            place = replace(within, top=within.bottom - box.height) if on_a_line else within
            x, y, crowd = self.room.free_place(box, place, self.taken)
            if crowd <= CROWDED:
                break
            unit *= SMALLER
        return group.put(unit, x, y, y + unit * group.box.bottom)


def _extent(group: Group) -> float:
    return max(group.box.width, group.box.height)


def _horizon(y: float, room: Room) -> Box:
    return Box(0.01 * room.width, 0.04 * room.height, 0.99 * room.width, y)


def _air(backdrop: Backdrop, room: Room) -> Box:
    return Box(
        0.04 * room.width,
        0.04 * room.height,
        0.96 * room.width,
        max(backdrop.horizon - 0.04 * room.height, 0.4 * room.height),
    )


def _above(near: Sequence[Placed], room: Room) -> Box:
    """The air that is higher than the raised hands."""
    hands = [one.box.top + 0.3 * one.box.height for one in near if one.actor.pulls]
    bottom = max(0.3 * room.height, min(hands, default=0.0))
    return Box(0.04 * room.width, 0.04 * room.height, 0.96 * room.width, bottom)


def _water(backdrop: Backdrop, room: Room) -> Box:
    return Box(0.03 * room.width, 0.1 * room.height, 0.97 * room.width, backdrop.horizon - 0.05 * room.height)


def _heaven(room: Room, share: float) -> Box:
    return Box(0.03 * room.width, 0.025 * room.height, 0.97 * room.width, share * room.height)


def _tied(near: list[Placed], aloft: Sequence[Placed]) -> tuple[list[Placed], tuple[Shape, ...]]:
    """A string to each kite and balloon from the hand of its holder, who turns towards it."""
    holders, strings = list(near), []
    for tied in aloft:
        if tied.actor.relation == "tied":
            number = next((n for n, one in enumerate(holders) if one.actor.wish == tied.actor.beside), None)
            if number is not None:
                end = _knot(tied)
                holders[number] = _facing(holders[number], end[0])
                strings.append(_string(_hand(holders[number]), end))
    return holders, tuple(strings)


def _knot(tied: Placed) -> tuple[float, float]:
    box = tied.box
    across, down = KITE_KNOT if tied.actor.thing.glyph == "🪁" else (0.5, 0.98)
    return box.left + across * box.width, box.top + down * box.height


def _hand(holder: Placed) -> tuple[float, float]:
    """The middle of the higher hand; the hands are the last of somebody's parts."""
    hands = holder.parts[-1].covers
    x, y = min((hand.mean(axis=0) for hand in hands), key=lambda middle: float(middle[1]))
    return float(x), float(y)


def _facing(holder: Placed, x: float) -> Placed:
    """The holder, with its raised hand on the side of x."""
    middle = (holder.box.left + holder.box.right) / 2
    if (_hand(holder)[0] > middle) == (x > middle):
        return holder
    return holder.moved(-middle, 0).mirrored().moved(middle, 0)


def _string(start: tuple[float, float], end: tuple[float, float]) -> Shape:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + SLACK * abs(start[1] - end[1]))
    return line([start, middle, end])
