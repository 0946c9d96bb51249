"""Colours for a page whose colours nobody knows: sky above, grass below, bright things between."""

import numpy as np
from numpy.typing import NDArray

from generations.lineart.numbers.areas import Areas
from generations.lineart.numbers.crayons import Crayon
from generations.lineart.numbers.matching import NEVER, Costs

# Crayon numbers, the best first; what a set does not have is left out.
SKY, GRASS = (9, 5), (6, 13, 14)
AIRY = (1, 10, 4, 2, 17, 23, 16)  # what is up in the sky: sun, clouds, kites
THINGS = (3, 2, 10, 16, 11, 1, 7, 4, 17, 13, 5, 20, 18, 23, 6)
UPPER = 0.35  # of the picture's height
WIDE = 0.04  # of the picture: from here on an area at its rim is sky or ground
STEP = 9.0  # how much less welcome each next crayon is: of the order of a clear difference in CIEDE2000


def palette_costs(areas: Areas, crayons: tuple[Crayon, ...]) -> Costs:
    """(N, 1 + K): how unfit white paper (never) and each crayon is for each area."""
    costs = np.full((areas.count, 1 + len(crayons)), NEVER)
    for area, order in enumerate(_orders(areas)):
        owned = [number for number in dict.fromkeys(order) if number <= len(crayons)]
        costs[area, owned] = STEP * np.arange(len(owned))
    return costs


def _orders(areas: Areas) -> list[tuple[int, ...]]:
    """The crayons for each area in the order of their welcome; things take the next one each."""
    is_wide = areas.sizes_mm2 > WIDE * areas.sizes_mm2.sum()
    above, below = _touching(areas.grown[0]), _touching(areas.grown[-1])
    horizon = int(UPPER * len(areas.labels))
    upper = _touching(areas.labels[:horizon]) - _touching(areas.labels[horizon:])
    orders: list[tuple[int, ...]] = []
    turn = 0
    for area in range(areas.count):
        if is_wide[area] and area in above:
            orders.append((*SKY, *THINGS))
        elif is_wide[area] and area in below:
            orders.append((*GRASS, *THINGS))
        else:
            welcome = AIRY if area in upper else THINGS
            first = turn % len(welcome)
            orders.append((*welcome[first:], *welcome[:first], *THINGS))
            turn += 1
    return orders


def _touching(part: NDArray[np.int32]) -> set[int]:
    """The areas (0-based) that have a pixel in this part of the labels."""
    return set((np.unique(part[part > 0]) - 1).tolist())
