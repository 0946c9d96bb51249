"""The trunk of the merge tree: what merges in every drawing of a picture, however detailed, all at once.

Regions that are each other's cheapest neighbour merge, round after round (reciprocal nearest neighbours; Benzécri, 1982).
"""

import numpy as np
from numpy.typing import NDArray

from generations.lineart.regions import Numbers, Regions, border_costs

LIMIT = 1.0  # cost above which it depends on the complexity


def merge_trunk(regions: Regions) -> Numbers:
    """For each region the number, counted from 0, of the patch it ends in."""
    number = np.arange(len(regions))
    while (pairs := _mutual(regions)).any():
        step = _numbered(regions, pairs)
        number, regions = step[number], regions.joined(step)
    return number


def _mutual(regions: Regions) -> NDArray[np.bool_]:
    """Which borders are the cheapest of both their regions, and below the limit."""
    borders = regions.borders
    cost = border_costs(regions, borders.first, borders.second, borders.strength / borders.length, 1.0)
    order = np.argsort(cost, kind="stable")
    ends = np.stack([borders.first, borders.second], axis=1)[order].ravel()
    region, earliest = np.unique(ends, return_index=True)
    cheapest = np.full(len(regions), -1)
    cheapest[region] = order[earliest // 2]
    here = np.arange(len(cost))
    mutual = (cheapest[borders.first] == here) & (cheapest[borders.second] == here)
    return np.asarray(mutual & (cost <= LIMIT), np.bool_)


def _numbered(regions: Regions, pairs: NDArray[np.bool_]) -> Numbers:
    """The new number of each region when the second of each pair becomes part of the first."""
    owner = np.arange(len(regions))
    owner[regions.borders.second[pairs]] = regions.borders.first[pairs]
    return np.asarray(np.unique(owner, return_inverse=True)[1], np.int64)
