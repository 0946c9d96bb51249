"""Which crayon each area gets: near its colour, unlike its neighbours, and no more crayons than a child sorts out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.numbers.matching import NEVER, Costs

MOST_CRAYONS = 12
SAME_PENALTY = 45.0  # of two neighbours that look different and get one crayon
LEAST_MISSED = 4.0  # what giving up a crayon costs at least, however near the next one is
MOST_SWEEPS = 30

Choice = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Clashes:
    """Neighbours (P,2) that look different, and how much so (P,), 0..1: 1 should never get one crayon."""

    pairs: NDArray[np.intp]
    strengths: NDArray[np.float64]

    def around(self, count: int) -> list[tuple[NDArray[np.intp], NDArray[np.float64]]]:
        """Neighbours and strengths of each of `count` areas."""
        pairs = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        strengths = np.concatenate([self.strengths, self.strengths])
        return [(pairs[own, 1], strengths[own]) for own in (pairs[:, 0] == area for area in range(count))]


def choose(costs: Costs, weights: NDArray[np.float64], clashes: Clashes) -> Choice:
    """The column of `costs` (N,K) for each area; column 0 is white paper and counts for no crayon. `weights` (N,).

    Iterated conditional modes (Besag, 1986); as long as there are too many crayons, the one goes that is missed least.
    """
    allowed = np.ones(costs.shape[1], np.bool_)
    chosen = _settle(costs, weights, clashes, allowed)
    while len(used := np.unique(chosen[chosen > 0])) > MOST_CRAYONS:
        missed = [_cost_without(crayon, used, costs, weights, chosen) for crayon in used]
        allowed[used[int(np.argmin(missed))]] = False
        chosen = _settle(costs, weights, clashes, allowed)
    return chosen


def _settle(
    costs: Costs, weights: NDArray[np.float64], clashes: Clashes, allowed: NDArray[np.bool_]
) -> Choice:
    """Each area in turn takes the best crayon beside what its neighbours have, until none changes.

    Whoever gives way most cheaply is asked first.
    """
    open_costs = np.where(allowed, costs, NEVER)
    best, second = np.partition(open_costs, 1, axis=1)[:, :2].T
    turns = np.argsort(weights * (second - best), kind="stable")
    around = clashes.around(len(costs))
    chosen = np.argmin(open_costs, axis=1)
    for _ in range(MOST_SWEEPS):
        before = chosen.copy()
        for area in turns:
            neighbours, strengths = around[area]
            share = np.minimum(weights[neighbours] / weights[area], 1.0)
            clash = np.bincount(chosen[neighbours], share * strengths, costs.shape[1])
            chosen[area] = int(np.argmin(open_costs[area] + SAME_PENALTY * clash))
        if (chosen == before).all():
            break
    return chosen


def _cost_without(
    crayon: int, used: Choice, costs: Costs, weights: NDArray[np.float64], chosen: Choice
) -> float:
    """How much worse the areas of this crayon fare with the best of the others."""
    own = chosen == crayon
    others = costs[own][:, used[used != crayon]].min(axis=1)
    return float((weights[own] * np.maximum(others - costs[own, crayon], LEAST_MISSED)).sum())
