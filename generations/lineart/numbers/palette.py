"""Colours for a page whose colours nobody knows: sky above, grass below, bright things between."""

import numpy as np
from numpy.typing import NDArray

from generations.lineart.numbers.areas import Areas
from generations.lineart.numbers.crayons import Crayon
from generations.lineart.numbers.matching import NEVER, Costs

# Crayon numbers, the best first; what a set does not have is left out.
SKY, GRASS = (9, 5), (6, 13, 14)
THINGS = (1, 3, 10, 2, 16, 11, 7, 4, 17, 13, 5, 20, 18, 23, 6)
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
    """The crayons for each area in the order of their welcome; things take the next of THINGS each."""
    is_wide = areas.sizes_mm2 > WIDE * areas.sizes_mm2.sum()
    above, below = _touching(areas.labels[0]), _touching(areas.labels[-1])
    orders: list[tuple[int, ...]] = []
    turn = 0
    for area in range(areas.count):
        if is_wide[area] and area in above:
            orders.append((*SKY, *THINGS))
        elif is_wide[area] and area in below:
            orders.append((*GRASS, *THINGS))
        else:
            orders.append((*THINGS[turn:], *THINGS[:turn]))
            turn = (turn + 1) % len(THINGS)
    return orders


def _touching(row: NDArray[np.int32]) -> set[int]:
    return set((np.unique(row[row > 0]) - 1).tolist())
