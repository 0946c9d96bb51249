"""Hierarchical merging of regions, cheapest border first (after Haris et al., 1998)."""

import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.regions import Numbers, Regions, border_costs
from generations.lineart.settings import Recipe

UNSEEN = 0.5  # cost of a border that nobody sees on the photo


@dataclass(frozen=True, eq=False)
class MergeTree:
    """How N regions go on merging down to one: `gone[k]` joins `kept[k]` at `cost[k]`, in this order."""

    kept: NDArray[np.int32]
    gone: NDArray[np.int32]
    cost: NDArray[np.float32]


class _Graph:
    """Regions while they merge, with the borders of each as a dictionary: neighbour -> (strength, length)."""

    def __init__(self, regions: Regions, background: float) -> None:
        self.background, self.left, self._borders_before = background, len(regions), regions.borders
        self.regions = regions.copy()
        self.area = self.regions.area
        self.parent = list(range(self.left))
        self.version = [0] * self.left
        self.borders: list[dict[int, tuple[float, float]]] = [{} for _ in self.parent]
        for first, second, strength, length in regions.borders.rows():
            self.borders[first][second] = self.borders[second][first] = (strength, length)

    def alive(self, region: int) -> bool:
        return self.parent[region] == region

    def all_costs(self) -> list[tuple[float, int, int]]:
        """Every border (cost, first, second) before the first merge."""
        borders = self._borders_before
        edge = borders.strength / borders.length
        cost = border_costs(self.regions, borders.first, borders.second, edge, self.background)
        return list(zip(cost.tolist(), borders.first.tolist(), borders.second.tolist(), strict=True))

    def costs_around(self, region: int) -> list[tuple[float, int, int]]:
        """The borders (cost, first, second) of one region now."""
        near = self.borders[region]
        if not near:
            return []
        strength, length = np.array(list(near.values())).T
        cost = border_costs(self.regions, region, np.array(list(near)), strength / length, self.background)
        pairs = zip(cost.tolist(), near, strict=True)
        return [(each, min(region, other), max(region, other)) for each, other in pairs]

    def join(self, one: int, other: int) -> tuple[int, int]:
        """Merge two regions; returns the one that stays and the one that is gone."""
        kept, gone = (one, other) if len(self.borders[one]) >= len(self.borders[other]) else (other, one)
        share = self.area[gone] / (self.area[kept] + self.area[gone])
        for values in (self.regions.colour, self.regions.texture, self.regions.importance):
            values[kept] += (values[gone] - values[kept]) * share
        self.area[kept] += self.area[gone]
        self.area[gone] = 0.0  # all areas together remain the picture
        self.parent[gone] = kept
        self.version[kept] += 1
        self.left -= 1
        self._hand_over(kept, gone)
        return kept, gone

    def _hand_over(self, kept: int, gone: int) -> None:
        mine = self.borders[kept]
        for other, (strength, length) in self.borders[gone].items():
            del self.borders[other][gone]
            if other == kept:
                continue
            known = mine.get(other, (0.0, 0.0))
            mine[other] = self.borders[other][kept] = (known[0] + strength, known[1] + length)
        self.borders[gone] = {}

    def root(self, region: int) -> int:
        while self.parent[region] != region:
            region = self.parent[region]
        return region


_Step = tuple[int, int, float]  # kept, gone, cost


def _merge(graph: _Graph, limit: float, least: int, most: int) -> list[_Step]:
    """Merge while a border costs at most `limit` or more than `most` regions are left.

    Below `least` regions only borders that cannot be seen go on merging: a blank wall is not cut up to reach a number.
    """
    version, steps = graph.version, []
    queue = [(cost, i, j, 0, 0) for cost, i, j in graph.all_costs()]
    heapq.heapify(queue)
    while queue:
        cost, i, j, version_i, version_j = heapq.heappop(queue)
        if version[i] != version_i or version[j] != version_j or not (graph.alive(i) and graph.alive(j)):
            continue
        if (cost > limit and graph.left <= most) or (cost > UNSEEN and graph.left <= least):
            break
        kept, gone = graph.join(i, j)
        steps.append((kept, gone, cost))
        for each, i, j in graph.costs_around(kept):
            heapq.heappush(queue, (each, i, j, version[i], version[j]))
    return steps


def _absorb_small(graph: _Graph, least_area: float) -> None:
    """Regions below `least_area` px join the neighbour behind the weakest, longest border; smallest first."""
    queue = [(area, i) for i, area in enumerate(graph.area) if graph.alive(i) and area < least_area]
    heapq.heapify(queue)
    while queue:
        area, region = heapq.heappop(queue)
        near = graph.borders[region]
        if not graph.alive(region) or graph.area[region] != area or not near:
            continue
        weakest = min(
            near, key=lambda other: near[other][0] / near[other][1] - 0.02 * math.sqrt(near[other][1])
        )
        kept, _ = graph.join(region, weakest)
        if graph.area[kept] < least_area:
            heapq.heappush(queue, (graph.area[kept], kept))


def merge_regions(regions: Regions, recipe: Recipe) -> Numbers:
    """For each region the number of the region it ends in, by the recipe's limits."""
    graph = _Graph(regions, recipe.background)
    _merge(graph, recipe.merge_limit, recipe.regions_min, recipe.regions_max)
    _absorb_small(graph, recipe.least_area * float(regions.area.sum()))
    return np.array([graph.root(region) for region in range(len(regions))])


def merge_tree(regions: Regions, recipe: Recipe) -> MergeTree:
    """The whole way down to one region: what a later "simplify" walks along."""
    steps = _merge(_Graph(regions, recipe.background), math.inf, 1, len(regions))
    kept, gone, cost = zip(*steps, strict=True) if steps else ((), (), ())
    return MergeTree(np.array(kept, np.int32), np.array(gone, np.int32), np.array(cost, np.float32))


def merged_into(tree: MergeTree, count: int, steps: int) -> NDArray[np.int32]:
    """For each of `count` regions the one it has joined after this many steps of the tree."""
    parent = np.arange(count, dtype=np.int32)
    parent[tree.gone[:steps]] = tree.kept[:steps]
    while (parent != parent[parent]).any():
        parent = parent[parent]
    return parent
