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
from generations.scenes.things import HULL

FILL = 0.92  # of the width that a row takes
PACKING = 0.9  # neighbours may overlap a little
LARGEST = (
    1.0,
    0.78,
    0.72,
)  # by how rich the picture is, # of the picture's shorter side: the square of the largest on the ground
ALONG = 0.34  # the same where nobody on the ground was asked for
ROW = 0.15  # of the height between two rows
COST_OF_A_ROW = 0.86  # rows hide each other
PERSPECTIVE = 0.74  # from row to row
FAR = 0.24  # of the shorter side: the square of a child at the horizon
ALOFT = 0.3  # of the shorter side: the same in the air
HIGH = 0.28
MAIN_LARGER = 1.35  # what was asked for, beside what comes along
ALONE = (0.85, 0.55, 0.45)  # of the shorter side: the largest of one, two or more, where nobody else is
CROWDED = 0.12  # share of a figure that may lie before others before it is made smaller
SMALLER = 0.82
STANDING = frozenset({"ground", "road", "floor", "indoors", "table", "water"})
UPRIGHT = frozenset({"far", "high", "table", "indoors"})  # never mirrored: clocks, signs
HOLLOW = {HULL.glyph} | frozenset("🛶🚤⛵🛒🪣📦🛁🎁🎩🪺🪹🪴🛷🚀🛸🚁✈🛩") | frozenset("🚗🚙🚜🚂🏎🛻🚌🚒🚓🚑🚚")
ARRANGEMENTS = 14  # that are tried for each row
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
    "🚲": 0.42,
    "🏍": 0.4,
    "🛵": 0.5,
    "🛴": 0.9,
}
SUNK = 0.13  # of what floats that is under water
IN_DEEP = 0.25  # of a figure that is hidden by what it sits in
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
    far_placed = _scattered(far, _horizon(backdrop.horizon, room), taken, FAR, room)
    offshore = [actor for actor in others if actor.place == "offshore"]
    far_placed += _scattered(
        offshore, _horizon(backdrop.water, room), [*taken, *(one.box for one in far_placed)], FAR, room
    )
    taken += [one.box for one in far_placed]
    sea = _scattered([a for a in others if a.place == "sea"], _water(backdrop, room), taken, ALOFT, room)
    taken += [one.box for one in sea]
    aloft = _scattered([a for a in others if a.place == "sky"], _air(backdrop, room), taken, ALOFT, room)
    taken += [one.box for one in aloft]
    high = _scattered(
        [a for a in others if a.place == "high"], _heaven(room, 0.34 if taken else 0.75), taken, HIGH, room
    )
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
    """Those on the ground, in one to three rows, whichever lets them be large; the largest stand behind."""
    if not actors:
        return []
    ordered = sorted(actors, key=_size, reverse=True)
    plans = [_split(ordered, rows) for rows in range(1, 4) if rows <= len(ordered)]
    placed = [_placed_rows(plan, backdrop, room, top) for plan in plans]
    return max(placed, key=lambda rows: rows[0])[1]


def _placed_rows(
    rows: list[list[Actor]], backdrop: Backdrop, room: Room, top: float
) -> tuple[float, list[Placed]]:
    """Everybody of these rows, and how good that is: large is good, hidden is bad."""
    unit = _unit(rows, backdrop, room, top)
    placed: list[Placed] = []
    hidden = 0.0
    for number, row in enumerate(rows):
        away = len(rows) - 1 - number
        depth = _depth(away, len(rows), backdrop, room)
        added = _row(row, unit * PERSPECTIVE**away, depth, placed, backdrop, room)
        hidden += _hidden(added, placed)
        placed += added
    return unit * COST_OF_A_ROW ** (len(rows) - 1) / (1 + hidden / len(placed)), placed


def _depth(away: int, rows: int, backdrop: Backdrop, room: Room) -> float:
    """The height that a row stands on, `away` rows behind the first."""
    if rows == 1:
        return (backdrop.back + 2 * backdrop.front_line) / 3
    return backdrop.front_line - away * ROW * room.height


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
    most = LARGEST[room.rich] if any(actor.main for row in rows for actor in row) else ALONG
    sizes = [most * room.shorter / max(_size(actor) for row in rows for actor in row)]
    for number, row in enumerate(rows):
        away = len(rows) - 1 - number
        perspective = PERSPECTIVE**away
        sizes.append(FILL * room.width / (PACKING * sum(_width(actor) for actor in row)) / perspective)
        depth = _depth(away, len(rows), backdrop, room)
        sizes.append((depth - top) / max(_size(actor) for actor in row) / perspective)
    return min(sizes)


def _row(
    actors: list[Actor],
    unit: float,
    depth: float,
    behind: Sequence[Placed],
    backdrop: Backdrop,
    room: Room,
) -> list[Placed]:
    """Side by side, in the order and with the gaps that hide least of those behind."""
    tries = [_one_row(actors, unit, depth, backdrop, room) for _ in range(ARRANGEMENTS)]
    return min(tries, key=lambda row: _hidden(row, behind))


def _hidden(row: Sequence[Placed], behind: Sequence[Placed]) -> float:
    """How much of those behind a row hides, feet left out; who was asked for counts more."""
    total = 0.0
    for one in behind:
        box = one.box
        upper = replace(box, bottom=box.bottom - 0.25 * box.height)
        share = sum(upper.shared(other.box) for other in row) / max(upper.area, 1e-6)
        total += share * (3 if one.actor.main else 1)
    return total


def _one_row(actors: list[Actor], unit: float, depth: float, backdrop: Backdrop, room: Room) -> list[Placed]:
    order = room.random.sample(actors, len(actors))
    widths = [PACKING * _width(actor) * unit for actor in order]
    free = max(0.0, room.width * FILL - sum(widths))
    shares = [room.random.uniform(0.3, 1) for _ in range(len(order) + 1)]
    gaps = [free * share / sum(shares) for share in shares]
    x, placed = room.width * (1 - FILL) / 2 + gaps[0], []
    for actor, width, gap in zip(order, widths, gaps[1:], strict=True):
        parts = _shapes(actor, unit * _size(actor), room)
        y = depth + room.random.uniform(-0.012, 0.012) * room.height
        placed.append(_standing(actor, parts, x + width / 2, y, backdrop))
        x += width + gap
    return placed


def _standing(actor: Actor, parts: tuple[Shape, ...], x: float, y: float, backdrop: Backdrop) -> Placed:
    """On its feet; what floats lies so deep that the nearest wave hides its lower rim."""
    if actor.place != "water" or not backdrop.waves:
        return Placed(actor, _moved(parts, x, y), y)
    sunk = SUNK * joined(*parts).box().height
    wave = min((level for level, _shape in backdrop.waves), key=lambda level: abs(level - y))
    return Placed(actor, _moved(parts, x, wave + sunk), wave - 0.01)


def _ridden(riders: Sequence[Actor], near: Sequence[Placed], room: Room) -> list[Placed]:
    """Riders side by side on their mounts, or looking out of them."""
    placed: list[Placed] = []
    for mount in near:
        own = [rider for rider in riders if _mounts(rider, near)[:1] == [mount]]
        for number, rider in enumerate(own):
            placed.append(_rider(rider, mount, (number + 1) / (len(own) + 1), len(own), room))
    return placed


def _mounts(rider: Actor, near: Sequence[Placed]) -> list[Placed]:
    return [one for one in near if one.actor.wish == rider.beside]


def _rider(rider: Actor, mount: Placed, share: float, count: int, room: Room) -> Placed:
    box, glyph = mount.box, mount.actor.thing.glyph
    fair = min(1.0, _size(rider) / _size(mount.actor) + 0.3)
    em = min(max(0.75 * box.height, 0.6 * box.width), 0.9 * box.width / count) * fair
    is_in = glyph in HOLLOW or (rider.relation == "in" and glyph not in SEATS)
    y = box.top + box.height * SEATS.get(glyph, 0.1) + (IN_DEEP * em if is_in else 0)
    parts = _moved(_shapes(rider, em, room), box.left + box.width * (0.1 + 0.8 * share), y)
    return Placed(rider, parts, mount.depth + (-0.01 if is_in else 0.01))


def _scattered(
    actors: Sequence[Actor], within: Box, taken: Sequence[Box], usual: float, room: Room
) -> list[Placed]:
    """Wherever there is room within a box, the largest first, smaller where it is crowded."""
    if not actors:
        return []
    usual *= MAIN_LARGER if any(actor.main for actor in actors) else 1
    if not taken and actors[0].main:  # nobody else is there: they are what the picture is about
        usual = ALONE[min(len(actors), len(ALONE)) - 1] / max(_size(actor) for actor in actors)
    unit = min(usual * room.shorter, (0.5 * within.area / sum(_size(one) ** 2 for one in actors)) ** 0.5)
    placed: list[Placed] = []
    for actor in sorted(actors, key=_size, reverse=True):
        there = [*taken, *(one.box for one in placed)]
        placed.append(_somewhere(actor, unit * _size(actor), within, there, room))
    return placed


def _somewhere(actor: Actor, em: float, within: Box, taken: Sequence[Box], room: Room) -> Placed:
    em = min(em, 0.95 * within.width, 1.3 * within.height)
    parts = _shapes(actor, em, room)
    for _ in range(5):
        box = joined(*parts).box()
        place = (
            replace(within, top=within.bottom - box.height) if actor.place in ("far", "offshore") else within
        )
        x, y, crowd = room.free_place(box, place, taken)
        if crowd <= CROWDED:
            break
        parts = tuple(part.scaled(SMALLER) for part in parts)
    moved = _moved(parts, x, y)
    return Placed(actor, moved, joined(*moved).box().bottom)


def _horizon(y: float, room: Room) -> Box:
    return Box(0.01 * room.width, 0.04 * room.height, 0.99 * room.width, y)


def _air(backdrop: Backdrop, room: Room) -> Box:
    return Box(
        0.04 * room.width,
        0.04 * room.height,
        0.96 * room.width,
        max(backdrop.horizon - 0.04 * room.height, 0.4 * room.height),
    )


def _water(backdrop: Backdrop, room: Room) -> Box:
    return Box(0.03 * room.width, 0.1 * room.height, 0.97 * room.width, backdrop.horizon - 0.05 * room.height)


def _heaven(room: Room, share: float) -> Box:
    return Box(0.03 * room.width, 0.025 * room.height, 0.97 * room.width, share * room.height)


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
