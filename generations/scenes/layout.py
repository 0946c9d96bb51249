"""Places for everybody: rows on the ground, larger in front; the sky above; riders, strings and what looks out of what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generations.scenes.backdrops import Backdrop
from generations.scenes.bodies import figure_parts
from generations.scenes.cast import Actor
from generations.scenes.idea import TIED
from generations.scenes.outlines import Shape
from generations.scenes.primitives import joined, line
from generations.scenes.room import Box, Room

FILL = 0.92  # of the width that a row takes
PACKING = 0.9  # neighbours may overlap a little
LARGEST = 0.66  # of the picture's shorter side: the square of the largest on the ground
PERSPECTIVE = 0.8  # from row to row
FAR = 0.2  # of the shorter side: the square of a child at the horizon
ALOFT = 0.3  # of the shorter side: the same in the air
HIGH = 0.28
CROWDED = 0.12  # share of a figure that may lie before others before it is made smaller
SMALLER = 0.82
STANDING = frozenset({"ground", "road", "floor", "indoors", "table", "water"})
UPRIGHT = frozenset({"far", "high", "table", "indoors"})  # never mirrored: clocks, signs
HOLLOW = frozenset("🧺🛶🚤⛵🛒🪣📦🛁🎁🎩🪺🪹🪴🛷🚀🛸🚁✈🛩") | frozenset("🚗🚙🚜🚂🏎🛻🚌🚒🚓🚑🚚")
KITE_KNOT = (0.4, 0.6)  # where the string is tied, in shares of the kite's box


@dataclass(frozen=True)
class Placed:
    """An actor with the shapes that show it, back to front; `depth` is the height it stands on: the larger, the nearer."""

    actor: Actor
    parts: tuple[Shape, ...]
    depth: float

    @property
    def box(self) -> Box:
        return joined(*self.parts).box()


@dataclass(frozen=True)
class Layout:
    """Everybody in their place, by layers from back to front."""

    high: tuple[Placed, ...]
    far: tuple[Placed, ...]
    aloft: tuple[Placed, ...]
    near: tuple[Placed, ...]
    strings: tuple[Shape, ...]


def lay_out(actors: Sequence[Actor], backdrop: Backdrop, room: Room) -> Layout:
    """The same actors, backdrop and random numbers give the same places."""
    riders = [actor for actor in actors if _mount(actor, actors)]
    others = [actor for actor in actors if actor not in riders]
    standing = [actor for actor in others if actor.place in STANDING]
    far = [actor for actor in others if actor.place == "far"]
    if not standing or any(_is_beside(actor, standing) for actor in far):
        standing, far = [*far, *standing], []
    near = _rows(standing, backdrop, room, _top(others, room))
    near += _ridden(riders, near, room)
    taken = [one.box for one in near]
    far_placed = _scattered(far, _horizon(backdrop, room), taken, FAR, room)
    taken += [one.box for one in far_placed]
    sea = _scattered([a for a in others if a.place == "sea"], _water(backdrop, room), taken, ALOFT, room)
    taken += [one.box for one in sea]
    aloft = _scattered([a for a in others if a.place == "sky"], _air(backdrop, room), taken, ALOFT, room)
    taken += [one.box for one in aloft]
    high = _scattered([a for a in others if a.place == "high"], _heaven(room), taken, HIGH, room)
    everybody = (*near, *far_placed, *sea, *aloft)
    return Layout(tuple(high), tuple(far_placed), (*sea, *aloft), tuple(near), _strings(everybody))


def _mount(actor: Actor, actors: Sequence[Actor]) -> Actor | None:
    """Whom or what this one sits on or in."""
    if actor.relation not in ("on", "in") or actor.place not in STANDING:
        return None
    mounts = [one for one in actors if one.wish == actor.beside and one.place in (*STANDING, "sky", "far")]
    return next(
        (one for one in mounts if one.relation not in ("on", "in") and _size(one) > 0.55 * _size(actor)), None
    )


def _top(actors: Sequence[Actor], room: Room) -> float:
    """How high those on the ground may reach: less high where somebody is in the air."""
    return room.height * (0.3 if any(actor.place in ("sky", "high") for actor in actors) else 0.12)


def _is_beside(far: Actor, standing: Sequence[Actor]) -> bool:
    """Whether a building or a tree belongs right beside somebody in front."""
    return any(one.relation == "under" and one.beside == far.wish for one in standing)


def _size(actor: Actor) -> float:
    return actor.thing.size * actor.size


def _shapes(actor: Actor, em: float, room: Room) -> tuple[Shape, ...]:
    """The shapes of an actor with a square of `em` units, its feet at 0, 0; now and then looking the other way."""
    parts = [part.scaled(em) for part in figure_parts(actor.thing.glyph)]
    turn = actor.thing.place not in UPRIGHT and actor.thing.glyph not in TIED and room.random.random() < 0.4
    return tuple(part.mirrored() if turn else part for part in parts)


def _moved(parts: Sequence[Shape], x: float, y: float) -> tuple[Shape, ...]:
    return tuple(part.moved(x, y) for part in parts)


def _width(actor: Actor) -> float:
    """Width of an actor whose child has a square of 1."""
    return joined(*figure_parts(actor.thing.glyph)).box().width * _size(actor)


def _rows(actors: Sequence[Actor], backdrop: Backdrop, room: Room, top: float) -> list[Placed]:
    """Those on the ground, in one to three rows, whichever lets them be largest; the largest stand behind."""
    if not actors:
        return []
    ordered = sorted(actors, key=_size, reverse=True)
    plans = [_split(ordered, rows) for rows in range(1, 4) if rows <= len(ordered)]
    unit, rows = max(((_unit(plan, backdrop, room, top), plan) for plan in plans), key=lambda pair: pair[0])
    placed: list[Placed] = []
    for number, row in enumerate(rows):
        share = 1.0 if len(rows) == 1 else number / (len(rows) - 1)
        low = backdrop.front_line if len(rows) > 1 else (backdrop.back + 2 * backdrop.front_line) / 3
        depth = backdrop.back + (low - backdrop.back) * share
        placed += _row(row, unit * PERSPECTIVE ** (len(rows) - 1 - number), depth, room)
    return placed


def _split(actors: Sequence[Actor], rows: int) -> list[list[Actor]]:
    """Rows from back to front of about the same width."""
    total = sum(_width(actor) for actor in actors)
    split: list[list[Actor]] = [[] for _ in range(rows)]
    before = 0.0
    for actor in actors:
        middle = before + _width(actor) / 2
        split[min(rows - 1, int(rows * middle / total))].append(actor)
        before += _width(actor)
    return [row for row in split if row]


def _unit(rows: list[list[Actor]], backdrop: Backdrop, room: Room, top: float) -> float:
    """The square of a child in the front row so that every row fits in width and height."""
    sizes = [LARGEST * room.shorter / max(_size(actor) for row in rows for actor in row)]
    for number, row in enumerate(rows):
        perspective = PERSPECTIVE ** (len(rows) - 1 - number)
        sizes.append(FILL * room.width / (PACKING * sum(_width(actor) for actor in row)) / perspective)
        share = number / max(1, len(rows) - 1)
        depth = backdrop.back + (backdrop.front_line - backdrop.back) * share
        sizes.append((depth - top) / max(_size(actor) for actor in row) / perspective)
    return min(sizes)


def _row(actors: list[Actor], unit: float, depth: float, room: Room) -> list[Placed]:
    """Side by side, in the order that chance gives, with the room left over between them."""
    order = room.random.sample(actors, len(actors))
    widths = [PACKING * _width(actor) * unit for actor in order]
    gap = (room.width - sum(widths)) / (len(order) + 1)
    x, placed = gap, []
    for actor, width in zip(order, widths, strict=True):
        y = depth + room.random.uniform(-0.012, 0.012) * room.height
        parts = _shapes(actor, unit * _size(actor), room)
        placed.append(Placed(actor, _moved(parts, x + width / 2, y), y))
        x += width + gap
    return placed


def _ridden(riders: Sequence[Actor], near: Sequence[Placed], room: Room) -> list[Placed]:
    """Riders on top of their mounts, or looking out of them."""
    placed: list[Placed] = []
    for rider in riders:
        mounts = [one for one in near if one.actor.wish == rider.beside]
        if not mounts:
            continue
        mount = mounts[len([one for one in placed if one.actor.wish == rider.wish]) % len(mounts)]
        box = mount.box
        em = min(0.72 * box.height, 0.75 * box.width) * min(1.0, _size(rider) / _size(mount.actor) + 0.25)
        is_in = rider.relation == "in" or mount.actor.thing.glyph in HOLLOW
        y = box.top + box.height * 0.2 + (0.25 * em if is_in else 0)
        x = (box.left + box.right) / 2 + room.random.uniform(-0.1, 0.1) * box.width
        parts = _moved(_shapes(rider, em, room), x, y)
        placed.append(Placed(rider, parts, mount.depth + (-0.01 if is_in else 0.01)))
    return placed


def _scattered(
    actors: Sequence[Actor], within: Box, taken: Sequence[Box], usual: float, room: Room
) -> list[Placed]:
    """Wherever there is room within a box, the largest first, smaller where it is crowded."""
    placed: list[Placed] = []
    area = sum(_size(actor) ** 2 for actor in actors)
    unit = min(usual * room.shorter, (0.4 * within.area / max(area, 1e-6)) ** 0.5) * (
        1.25 if len(actors) == 1 else 1
    )
    for actor in sorted(actors, key=_size, reverse=True):
        placed.append(
            _somewhere(actor, unit * _size(actor), within, [*taken, *(one.box for one in placed)], room)
        )
    return placed


def _somewhere(actor: Actor, em: float, within: Box, taken: Sequence[Box], room: Room) -> Placed:
    em = min(em, 0.95 * within.width, 1.3 * within.height)
    parts = _shapes(actor, em, room)
    for _ in range(5):
        box = joined(*parts).box()
        place = replace(within, top=within.bottom - box.height) if actor.place == "far" else within
        x, y, crowd = room.free_place(box, place, taken)
        if crowd <= CROWDED:
            break
        parts = tuple(part.scaled(SMALLER) for part in parts)
    moved = _moved(parts, x, y)
    return Placed(actor, moved, joined(*moved).box().bottom)


def _horizon(backdrop: Backdrop, room: Room) -> Box:
    return Box(-0.03 * room.width, 0.04 * room.height, 1.03 * room.width, backdrop.horizon)


def _air(backdrop: Backdrop, room: Room) -> Box:
    return Box(
        0.04 * room.width,
        0.04 * room.height,
        0.96 * room.width,
        max(backdrop.horizon - 0.04 * room.height, 0.4 * room.height),
    )


def _water(backdrop: Backdrop, room: Room) -> Box:
    return Box(0.03 * room.width, 0.1 * room.height, 0.97 * room.width, backdrop.horizon - 0.05 * room.height)


def _heaven(room: Room) -> Box:
    return Box(0.03 * room.width, 0.025 * room.height, 0.97 * room.width, 0.34 * room.height)


def _strings(placed: Sequence[Placed]) -> tuple[Shape, ...]:
    """A string from whoever flies a kite or holds a balloon."""
    strings = []
    for tied in placed:
        if tied.actor.relation == "tied":
            holders = [one for one in placed if one.actor.wish == tied.actor.beside]
            strings += [_string(holders[0].box, tied)] if holders else []
    return tuple(strings)


def _string(holder: Box, tied: Placed) -> Shape:
    box = tied.box
    across, down = KITE_KNOT if tied.actor.thing.glyph == "🪁" else (0.5, 0.98)
    end = (box.left + across * box.width, box.top + down * box.height)
    side = holder.left + holder.width * (0.8 if end[0] > (holder.left + holder.right) / 2 else 0.2)
    start = (side, holder.top + 0.55 * holder.height)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.12 * abs(start[1] - end[1]))
    return line([start, middle, end])
