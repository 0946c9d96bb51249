"""What a tap may mean: every box around it proposes the parts that lie in it, and those that look like a thing vote.

Boxes as proposals that are judged by what divides inside from outside: Alexe, Deselaers and Ferrari (2012).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Floats
from generations.lineart.parts import Numbers, Parts
from generations.lineart.pointer import Tap

GRID = 16  # cells a side, along which boxes are tried
INSIDE = 0.6  # of its area: what part is in a box
MOST_SHARE = 0.9  # of the picture
MOST_RIM = 0.5  # of the picture's rim: a part with more is the background, and means itself
# What makes a thing: the mean cost of its border, the logarithm of its size, and little of the picture's rim. Chosen on
# fifteen photographs, whose subjects were outlined by hand.
DISTINCT, LARGE, RIM = 8.0, 30.0, 150.0

Sets = NDArray[np.bool_]  # (M,N): which of N parts are in each of M proposals


def vote(parts: Parts, taps: Sequence[Tap]) -> Floats:
    """How likely (H,W) 0..1 each pixel belongs to what is at one of these places and at none that does not belong."""
    unwanted = {parts.at(tap.x, tap.y) for tap in taps if not tap.belongs}
    votes = [_votes(parts, tap, unwanted) for tap in taps if tap.belongs]
    return np.asarray(np.max(votes, axis=0)[parts.labels], np.float32)


def _votes(parts: Parts, tap: Tap, unwanted: set[int]) -> Numbers:
    """How likely (N,) 0..1 each part belongs to what is at this place, where some parts are said not to."""
    seed = parts.at(tap.x, tap.y)
    sets = _proposed(parts, seed, _boxes(tap.x, tap.y))
    sets = sets[~sets[:, list(unwanted - {seed})].any(axis=1)]
    if not len(sets) or parts.rim[seed] > MOST_RIM:
        return np.asarray(np.arange(len(parts)) == seed, np.float64)
    worth = _worth(parts, sets)
    votes = np.exp(worth - worth.max())
    return np.asarray(votes @ sets / votes.sum())


def _boxes(x: float, y: float) -> NDArray[np.intp]:
    """Every box of the grid around this place: (K,4) left, top, right, bottom, in cells."""
    left, right = _spans(x)
    top, bottom = _spans(y)
    across, down = (each.ravel() for each in np.indices((len(left), len(top))))
    return np.stack([left[across], top[down], right[across], bottom[down]], axis=1)


def _spans(at: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All first and last lines of the grid between which a place lies."""
    low, high = np.triu_indices(GRID + 1, 1)
    around = (low <= at * GRID) & (at * GRID <= high)
    return low[around], high[around]


def _sums_in(cells: Numbers, boxes: NDArray[np.intp]) -> Numbers:
    """How much (K,N) of each part lies in each box, from a summed area table (Crow, 1984)."""
    table = np.zeros((GRID + 1, GRID + 1, len(cells)))
    table[1:, 1:] = cells.cumsum(axis=1).cumsum(axis=2).transpose(1, 2, 0)
    left, top, right, bottom = boxes.T
    return np.asarray(table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left])


def _proposed(parts: Parts, seed: int, boxes: NDArray[np.intp]) -> Sets:
    """The parts in each box that hang together with the seed, and what they enclose; each set once."""
    sets = _distinct(_sums_in(parts.in_cells(GRID), boxes) > INSIDE * parts.regions.area)
    sets = sets[sets[:, seed]]
    begin = np.zeros_like(sets)
    begin[:, seed] = True
    sets = _distinct(_spread(parts, begin, sets))
    sets = _distinct(~_spread(parts, ~sets & (parts.rim > 0), ~sets))
    return sets[sets @ parts.regions.area < MOST_SHARE * parts.labels.size]


def _distinct(sets: Sets) -> Sets:
    _, first = np.unique(np.packbits(sets, axis=1), axis=0, return_index=True)
    return sets[np.sort(first)]


def _spread(parts: Parts, begin: Sets, within: Sets) -> Sets:
    """The parts `within` each set that hang together with those it begins with."""
    beside, reached = parts.beside, begin
    while True:
        further = within & (reached.astype(np.float32) @ beside > 0)
        if (further == reached).all():
            return reached
        reached = further


def _worth(parts: Parts, sets: Sets) -> Numbers:
    """How much each set (M,) looks like a thing."""
    borders, area = parts.regions.borders, parts.regions.area
    crosses = (sets[:, borders.first] != sets[:, borders.second]) * borders.length
    distinct = crosses @ parts.cost / np.maximum(crosses.sum(axis=1), 1)
    size = np.log(sets @ area / area.sum())
    return np.asarray(DISTINCT * distinct + LARGE * size - RIM * (sets @ parts.rim))
