"""A network of lines gone over with ruler and compass: straight stretches straight, round ones round, corners sharp.

Points are moved, never added or taken away, and a point that several lines share is moved for all of them: what was
closed stays closed.
"""

from dataclasses import replace

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.chains import Chain, Indexes
from generations.lineart.curves import CORNER
from generations.lineart.network import EASE_MM, LEAST_CORNER, Marks, Network, ease, put_on
from generations.lineart.paths import paths_of
from generations.lineart.runs import find_runs
from generations.lineart.shapes import Ellipse, Straight
from generations.lineart.stretches import Run

GAP_MM = 3.2  # along the line, between two straight stretches that meet in a corner
REACH_MM = 1.6  # the corner is this near to the rounded line
END_GAP_MM, END_REACH_MM = 2.0, 0.6  # the same between a straight stretch and the end of its line


def ruled(points: Points, chains: list[Chain], sides: dict[int, Straight], mm: float) -> tuple[Points, Marks]:
    """The points (N,2) of a network of chains, moved onto straight lines and ellipses; and their marks (N,).

    `sides` tell which points have to stay on a side of the frame, `mm` is a millimetre on paper in px.
    """
    shared = np.zeros(len(points), np.bool_)
    shared[[node for chain in chains if not chain.closed for node in chain.nodes[[0, -1]]]] = True
    network = Network(points.copy(), shared, dict(sides), mm)
    for path in sorted(paths_of(points, chains, mm), key=lambda path: -len(path.nodes)):
        _rule(network, path)
    for chain in chains:
        ease(network, points, chain)
    return network.points, network.marks


def _rule(network: Network, path: Chain) -> None:
    """Move the points of one path."""
    nodes = _opened(network.points, path, network.mm) if path.closed else path.nodes
    points = network.points[nodes]
    runs = [_to_ends(run, points, network.mm) for run in find_runs(points, network.mm)]
    if path.closed and len(runs) > 1:
        _meet(network, nodes, runs, len(runs) - 1, 0)
    for number in range(1, len(runs)):
        _meet(network, nodes, runs, number - 1, number)
    for run in _apart(network, nodes, runs):
        put_on(network, nodes, run)


def _opened(points: Points, path: Chain, mm: float) -> Indexes:
    """The nodes of a closed path from its sharpest place around to the same."""
    ahead = points[np.roll(path.nodes, -round(mm))] - points[path.nodes]
    behind = points[path.nodes] - points[np.roll(path.nodes, round(mm))]
    straightness = (ahead * behind).sum(axis=1) / np.maximum(np.hypot(*ahead.T) * np.hypot(*behind.T), 1e-9)
    nodes = np.roll(path.nodes, -int(straightness.argmin()))
    return np.append(nodes, nodes[0])


def _to_ends(run: Run, points: Points, mm: float) -> Run:
    """The run led on to the ends of its line where these are near and nearly on it."""
    if isinstance(run.shape, Ellipse):
        return run
    near = np.abs(run.shape.off(points[[0, -1]])) <= END_REACH_MM * mm
    start = 0 if near[0] and _length(points[: run.start + 1]) <= END_GAP_MM * mm else run.start
    end = len(points) - 1 if near[1] and _length(points[run.end :]) <= END_GAP_MM * mm else run.end
    return replace(run, start=start, end=end)


def _length(points: Points) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _meet(network: Network, nodes: Indexes, runs: list[Run], one: int, other: int) -> None:
    """Let two straight stretches end in a common corner, where there is one; it stays where it is from then on."""
    before, after = runs[one].shape, runs[other].shape
    if not isinstance(before, Straight) or not isinstance(after, Straight):
        return
    around = one > other  # the seam of a closed line lies between them
    gap = (
        np.concatenate([nodes[runs[one].end :], nodes[1 : runs[other].start + 1]])
        if around
        else (nodes[runs[one].end : runs[other].start + 1])
    )
    if before.angle_to(after) < LEAST_CORNER or _length(network.points[gap]) > GAP_MM * network.mm:
        return
    crossing = before.meet(after)
    distance = np.hypot(*(network.points[gap] - crossing).T)
    if distance.min() > REACH_MM * network.mm:
        return
    at = len(nodes) - 1 - runs[one].end if around else int(distance.argmin())
    network.fix(int(gap[at]), crossing)
    network.marks[gap[at]] = CORNER
    runs[one] = replace(runs[one], end=runs[one].end + at)
    runs[other] = replace(runs[other], start=0 if around else runs[one].end)


def _apart(network: Network, nodes: Indexes, runs: list[Run]) -> list[Run]:
    """The runs, shorter where one follows another without a corner, so that the line can go over from one to the next."""
    room = round(EASE_MM / 2 * network.mm)
    apart = runs.copy()
    for number in range(1, len(runs)):
        before, after = apart[number - 1], apart[number]
        if after.start - before.end < room and network.marks[nodes[before.end]] != CORNER:
            apart[number - 1] = replace(before, end=before.end - min(room, (before.end - before.start) // 4))
            apart[number] = replace(after, start=after.start + min(room, (after.end - after.start) // 4))
    return apart
