"""The moving points of a network of lines that is gone over with ruler and compass."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask, Points
from generations.lineart.chains import Chain, Indexes
from generations.lineart.curves import KEPT
from generations.lineart.shapes import Straight
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
    marks: Marks
    shared: set[int]  # points that several lines share or that lie on the frame
    tracks: dict[int, Straight]  # lines on which shared points have to stay
    mm: float
    moved: Mask
    fixed: set[int] = field(default_factory=set)

    def move(self, node: int, target: Points) -> None:
        """Put a point where it has to be from now on; a shared one only when that is near."""
        if node in self.shared:
            if node in self.fixed or np.hypot(*(target - self.points[node])) > MOST_MOVE_MM * self.mm:
                return
            self.fixed.add(node)
        self.points[node] = target
        self.moved[node] = True


def put_on(network: Network, nodes: Indexes, run: Run) -> None:
    """Move the points of a run onto its shape; those shared with a straight line to the crossing of the two."""
    part = nodes[run.start : run.end + 1]
    targets = run.shape.nearest(network.points[part])
    for node, target in zip(part.tolist(), targets, strict=True):
        if node in network.fixed:
            continue
        track = network.tracks.get(node)
        if track is None:
            network.move(node, target)
        elif isinstance(run.shape, Straight) and track.angle_to(run.shape) >= LEAST_CORNER:
            network.move(node, track.meet(run.shape))
        if node in network.shared and isinstance(run.shape, Straight):
            network.tracks.setdefault(node, run.shape)
    _mark(network, part, run)


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
    moves = network.points[nodes] - before[nodes]
    stops = np.unique([0, *np.flatnonzero(network.moved[nodes]), len(nodes) - 1])
    for start, end in pairwise(stops.tolist()):
        if end - start > 1:
            inner = nodes[start + 1 : end]
            left = 1 - np.arange(1, end - start) / min(EASE_MM * network.mm, end - start)
            fade = (np.maximum(left, 0) ** 2 * (3 - 2 * left))[:, None]
            network.points[inner] += fade * moves[start] + fade[::-1] * moves[end]
