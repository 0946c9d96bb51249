"""The moving points of a network of lines that is gone over with ruler and compass."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask, Points
from generations.lineart.chains import Chain, Indexes
from generations.lineart.curves import KEPT
from generations.lineart.shapes import Shape, Straight
from generations.lineart.stretches import Run

LEAST_CORNER = math.radians(20)
MOST_MOVE_MM = 1.0  # of a point that several lines share
GUARD_MM = 1.0  # a straight stretch is held straight this far from its ends
EASE_MM = 5.0  # along which the lines beside a moved point follow it
ARC_STEP = math.radians(12)  # between the points kept on an ellipse

Marks = NDArray[np.uint8]


@dataclass(eq=False)
class Network:
    """The moving points and what is known of them."""

    points: Points
    shared: Mask  # points that several lines share or that lie on the frame
    tracks: dict[int, Straight]  # lines on which shared points have to stay
    mm: float
    marks: Marks = field(init=False)
    moved: Mask = field(init=False)
    fixed: Mask = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.points)
        self.marks = np.zeros(count, np.uint8)
        self.moved, self.fixed = np.zeros(count, np.bool_), np.zeros(count, np.bool_)

    def move(self, nodes: Indexes, targets: Points) -> None:
        """Put points of a single line where they have to be, but for those that are fixed."""
        free = ~(self.shared | self.fixed)[nodes]
        self.points[nodes[free]] = targets[free]
        self.moved[nodes[free]] = True

    def move_shared(self, node: int, target: Points) -> None:
        """Put a shared point where it has to be from now on, when that is near."""
        if np.hypot(*(target - self.points[node])) <= MOST_MOVE_MM * self.mm:
            self.fix(node, target)

    def fix(self, node: int, target: Points) -> None:
        """Put a point where it has to stay."""
        self.points[node] = target
        self.moved[node] = self.fixed[node] = True


def put_on(network: Network, nodes: Indexes, run: Run) -> None:
    """Move the points of a run onto its shape; those shared with a straight line to the crossing of the two."""
    part = nodes[run.start : run.end + 1]
    targets = run.shape.nearest(network.points[part])
    network.move(part, targets)
    for at in np.flatnonzero(network.shared[part]).tolist():
        _put_shared(network, int(part[at]), targets[at], run.shape)
    _mark(network, part, run)


def _put_shared(network: Network, node: int, target: Points, shape: Shape) -> None:
    """Move a shared point onto the shape, or to its crossing with the line on which the point has to stay."""
    if network.fixed[node]:
        return
    track = network.tracks.get(node)
    if track is None:
        network.move_shared(node, target)
    elif isinstance(shape, Straight) and track.angle_to(shape) >= LEAST_CORNER:
        network.move_shared(node, track.meet(shape))
    if isinstance(shape, Straight):
        network.tracks.setdefault(node, shape)


def _mark(network: Network, part: Indexes, run: Run) -> None:
    """Mark what keeps the shape when the line is simplified: ends and points near them, or evenly around."""
    points = network.points[part]
    if isinstance(run.shape, Straight):
        along = np.abs(run.shape.along(points) - run.shape.along(points[:1]))
        guards = np.searchsorted(along, [GUARD_MM * network.mm, along[-1] - GUARD_MM * network.mm])
        kept = [0, *np.clip(guards, 0, len(part) - 1).tolist(), len(part) - 1]
    else:
        turns = np.abs(np.unwrap(run.shape.parameter(points)))
        steps = np.floor(np.abs(turns - turns[0]) / ARC_STEP)
        kept = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), len(part) - 1]
    network.marks[part[kept]] = np.maximum(network.marks[part[kept]], KEPT)


def ease(network: Network, before: Points, chain: Chain) -> None:
    """Let what was not moved follow the moved points beside it, less and less, so that no step is left."""
    nodes = np.append(chain.nodes, chain.nodes[0]) if chain.closed else chain.nodes
    stays = network.moved[nodes]
    if not stays.any():
        return
    stays[[0, -1]] = True
    moves, stops = network.points[nodes] - before[nodes], np.flatnonzero(stays)
    gaps = np.flatnonzero(np.diff(stops) > 1)
    for start, end in zip(stops[gaps].tolist(), stops[gaps + 1].tolist(), strict=True):
        inner = nodes[start + 1 : end]
        left = 1 - np.arange(1, end - start) / min(EASE_MM * network.mm, end - start)
        fade = (np.maximum(left, 0) ** 2 * (3 - 2 * left))[:, None]
        network.points[inner] += fade * moves[start] + fade[::-1] * moves[end]
