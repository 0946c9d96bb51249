"""Rows on the ground: large and low in front, smaller and higher up further away, everybody as visible as can be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

from generations.scenes.backdrops import Backdrop
from generations.scenes.groups import Group
from generations.scenes.relations import Placed
from generations.scenes.room import Box, Room

FILL = 0.92  # of the width that a row takes
PACKING = 0.9  # neighbours may overlap a little
LARGEST = (0.98, 0.72, 0.6)  # by how rich the picture is, of its shorter side: the largest on the ground
ALONG = 0.34  # the same where nobody on the ground was asked for
WIDER = 1.35  # what is wide may be so much larger
MOST_ROWS = 3
STEP = 0.14  # of the height, at most, between two rows
VANISHING = 0.2  # of the height above the horizon: where everything would be too small to see
SHRINKING = (1.0, 0.86, 0.74, 0.64)  # smaller figures hide each other less
ARRANGEMENTS = 10  # that are tried for each row
FEET = 0.25  # of a figure that may be hidden
MAIN_COUNTS = 2.0
LOST = 0.05  # share of a figure; who shows less is not seen at all
SUNK = 0.13  # of what floats that is under water
UNEVEN = 0.012  # of the height: nobody stands in line


@dataclass(frozen=True)
class Spot:
    """A group's place: its foot, the unit of its size, and the box that it takes."""

    group: Group
    unit: float
    x: float
    y: float

    @property
    def box(self) -> Box:
        box, unit = self.group.box, self.unit
        return Box(
            self.x + unit * box.left,
            self.y + unit * box.top,
            self.x + unit * box.right,
            self.y + unit * box.bottom,
        )


Row = tuple[float, list[Group]]  # the height that it stands on, from above


def rows_of(groups: Sequence[Group], backdrop: Backdrop, room: Room, top: float) -> list[list[Spot]]:
    """Everybody's spot, in one to three rows from back to front: whichever of some plans shows most of them."""
    if not groups:
        return []
    plans = [plan for order in _orders(groups) for plan in _plans(order, backdrop, room)]
    tries = [
        _spots(plan, shrink, backdrop, room, top)
        for plan in plans
        for shrink in SHRINKING[: None if len(groups) > 2 else 1]
    ]
    return max(tries, key=_worth)


def _orders(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Who stands behind: the tall, or those who were not asked for."""
    tall = sorted(groups, key=lambda group: group.box.height, reverse=True)
    yield tall
    if any(group.is_main for group in groups) and not all(group.is_main for group in groups):
        yield sorted(tall, key=lambda group: group.is_main)


def _plans(order: list[Group], backdrop: Backdrop, room: Room) -> Iterator[list[Row]]:
    for count in range(1, min(MOST_ROWS, len(order)) + 1):
        rows = _split(order, count)
        yield list(zip(_heights(len(rows), backdrop, room), rows, strict=True))


def _split(order: list[Group], rows: int) -> list[list[Group]]:
    """Rows from back to front of about the same width."""
    total = sum(group.box.width for group in order)
    split: list[list[Group]] = [[] for _ in range(rows)]
    before = 0.0
    for group in order:
        split[min(rows - 1, int(rows * (before + group.box.width / 2) / total))].append(group)
        before += group.box.width
    return [row for row in split if row]


def _heights(rows: int, backdrop: Backdrop, room: Room) -> list[float]:
    """Where the rows stand, from back to front."""
    if rows == 1:
        return [(backdrop.back + 2 * backdrop.front_line) / 3]
    step = min(STEP * room.height, (backdrop.front_line - backdrop.back) / (rows - 1))
    return [backdrop.front_line - step * away for away in reversed(range(rows))]


def _nearness(y: float, front: float, backdrop: Backdrop, room: Room) -> float:
    """How large something at this height looks beside the same in the front row."""
    vanishing = backdrop.horizon - VANISHING * room.height
    return (y - vanishing) / (front - vanishing)


def _spots(plan: list[Row], shrink: float, backdrop: Backdrop, room: Room, top: float) -> list[list[Spot]]:
    front = plan[-1][0]
    near = [_nearness(y, front, backdrop, room) for y, _row in plan]
    unit = shrink * _unit(plan, near, room, top)
    placed: list[list[Spot]] = []
    for (y, row), nearness in zip(plan, near, strict=True):
        behind = [spot for spots in placed for spot in spots]
        tries = [_in_row(row, unit * nearness, y, room) for _ in range(ARRANGEMENTS)]
        placed.append(min(tries, key=lambda spots: _hidden(spots, behind)))
    return placed


def _unit(plan: list[Row], near: list[float], room: Room, top: float) -> float:
    """The square of a child in the front row so that every row fits in width and height."""
    groups = [group for _y, row in plan for group in row]
    most = LARGEST[room.rich] if any(group.is_main for group in groups) else ALONG
    sizes = [most * room.shorter / max(max(group.box.width / WIDER, group.box.height) for group in groups)]
    for (y, row), nearness in zip(plan, near, strict=True):
        sizes.append(FILL * room.width / _length(row) / nearness)
        sizes.append((y - top) / max(-group.box.top for group in row) / nearness)
    return min(sizes)


def _length(row: list[Group]) -> float:
    """From the left rim of the first to the right rim of the last, side by side."""
    widths = [group.box.width for group in row]
    return PACKING * sum(widths) + (1 - PACKING) * max(widths)


def _in_row(row: list[Group], unit: float, y: float, room: Room) -> list[Spot]:
    """Side by side, in some order and with some gaps."""
    order = room.random.sample(row, len(row))
    widths = [PACKING * group.box.width * unit for group in order]
    free = max(0.0, room.width * FILL - sum(widths))
    shares = [room.random.uniform(0.3, 1) for _ in range(len(order) + 1)]
    gaps = [free * share / sum(shares) for share in shares]
    left, spots = room.width * (1 - FILL) / 2 + gaps[0], []
    for group, width, gap in zip(order, widths, gaps[1:], strict=True):
        uneven = room.random.uniform(-UNEVEN, UNEVEN) * room.height if len(row) > 1 else 0.0
        middle = (group.box.left + group.box.right) / 2
        spots.append(Spot(group, unit, left + width / 2 - middle * unit, y + uneven))
        left += width + gap
    return spots


def _hidden(spots: Iterable[Spot], behind: Iterable[Spot]) -> float:
    """How much of those behind is hidden; who was asked for counts more."""
    boxes = [spot.box for spot in spots]
    return sum(_share_hidden(spot.box, boxes) * (MAIN_COUNTS if spot.group.is_main else 1) for spot in behind)


def _share_hidden(box: Box, before: Iterable[Box]) -> float:
    upper = replace(box, bottom=box.bottom - FEET * box.height)
    return sum(upper.shared(other) for other in before) / max(upper.area, 1e-6)


def _worth(rows: list[list[Spot]]) -> float:
    """Large and seen is good, for everybody: the logarithm of what is seen of each side, squared."""
    worth = 0.0
    for number, row in enumerate(rows):
        before = [spot.box for later in rows[number + 1 :] for spot in later]
        for spot in row:
            seen = max(LOST, 1 - _share_hidden(spot.box, before))
            worth += log(spot.box.area**0.5 * seen**2) * (MAIN_COUNTS if spot.group.is_main else 1)
    return worth


def standing(spot: Spot, backdrop: Backdrop) -> list[Placed]:
    """On its feet; what floats lies so deep that the nearest wave hides its lower rim."""
    if spot.group.lead.place != "water" or not backdrop.waves:
        return spot.group.put(spot.unit, spot.x, spot.y, spot.y)
    sunk = SUNK * spot.box.height
    wave = min((level for level, _shape in backdrop.waves), key=lambda level: abs(level - spot.y))
    return spot.group.put(spot.unit, spot.x, wave + sunk, wave - 0.01)
