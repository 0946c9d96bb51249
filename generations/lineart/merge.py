"""Hierarchical merging of regions, cheapest border first (after Haris et al., 1998)."""

import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.segment import Borders
from generations.lineart.settings import Recipe

EDGE_SHARE = 0.65  # of the cost of a border; the rest is the difference in colour
LIGHTNESS_WEIGHT, CHROMA_WEIGHT = 0.55, 1.18
UNSEEN = 0.5  # cost of a border that nobody sees on the photo
MOST_DIFFERENCE = 45.0  # Lab units beyond which colours are just "different"


@dataclass(frozen=True, eq=False)
class Regions:
    """What merging needs to know of N regions: area (px), mean Lab colour (N,3), importance 0..1."""

    area: NDArray[np.float64]
    colour: NDArray[np.float64]
    importance: NDArray[np.float64]
    borders: Borders


@dataclass(frozen=True, eq=False)
class MergeTree:
    """How N regions go on merging down to one: `gone[k]` joins `kept[k]` at `cost[k]`, in this order."""

    kept: NDArray[np.int32]
    gone: NDArray[np.int32]
    cost: NDArray[np.float32]


class _Graph:
    """Regions while they merge. Plain lists: a numpy scalar in this inner loop costs ten times as much."""

    def __init__(self, regions: Regions, background: float, unit_area: float) -> None:
        count = len(regions.area)
        self.background, self.unit_area, self.left = background, unit_area, count
        self.area: list[float] = regions.area.tolist()
        self.lightness, self.a, self.b = (channel.tolist() for channel in regions.colour.T)
        self.importance: list[float] = regions.importance.tolist()
        self.parent = list(range(count))
        self.version = [0] * count
        self.borders: list[dict[int, tuple[float, float]]] = [{} for _ in range(count)]
        borders = regions.borders
        rows = (
            borders.first.tolist(),
            borders.second.tolist(),
            borders.strength.tolist(),
            borders.length.tolist(),
        )
        for first, second, strength, length in zip(*rows, strict=True):
            self.borders[first][second] = self.borders[second][first] = (strength, length)

    def alive(self, region: int) -> bool:
        return self.parent[region] == region

    def cost(self, one: int, other: int) -> float:
        """Strength and colour contrast of the border, less for small regions and unimportant places."""
        strength, length = self.borders[one][other]
        edge = strength / length
        difference = math.hypot(
            LIGHTNESS_WEIGHT * (self.lightness[one] - self.lightness[other]),
            CHROMA_WEIGHT * (self.a[one] - self.a[other]),
            CHROMA_WEIGHT * (self.b[one] - self.b[other]),
        )
        contrast = min(difference, MOST_DIFFERENCE) * 0.35 * min(1.0, 0.2 + 0.3 * edge)
        size = (min(self.area[one], self.area[other]) / self.unit_area) ** 0.22
        weight = self.background + (1 - self.background) * max(self.importance[one], self.importance[other])
        return (EDGE_SHARE * edge + (1 - EDGE_SHARE) * contrast) * min(1.6, max(0.25, size)) * weight

    def join(self, one: int, other: int) -> tuple[int, int]:
        """Merge two regions; returns the one that stays and the one that is gone."""
        kept, gone = (one, other) if len(self.borders[one]) >= len(self.borders[other]) else (other, one)
        total = self.area[kept] + self.area[gone]
        share = self.area[gone] / total
        for values in (self.lightness, self.a, self.b, self.importance):
            values[kept] += (values[gone] - values[kept]) * share
        self.area[kept] = total
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
    queue = [(graph.cost(i, j), i, j, 0, 0) for i, near in enumerate(graph.borders) for j in near if j > i]
    heapq.heapify(queue)
    while queue:
        cost, i, j, version_i, version_j = heapq.heappop(queue)
        if version[i] != version_i or version[j] != version_j or not (graph.alive(i) and graph.alive(j)):
            continue
        if (cost > limit and graph.left <= most) or (cost > UNSEEN and graph.left <= least):
            break
        kept, gone = graph.join(i, j)
        steps.append((kept, gone, cost))
        for other in graph.borders[kept]:
            i, j = min(kept, other), max(kept, other)
            heapq.heappush(queue, (graph.cost(i, j), i, j, version[i], version[j]))
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


def merge_regions(regions: Regions, recipe: Recipe) -> NDArray[np.int64]:
    """For each region the number of the region it ends in, by the recipe's limits."""
    picture = float(regions.area.sum())
    graph = _Graph(regions, recipe.background, picture * 0.01)
    _merge(graph, recipe.merge_limit, recipe.regions_min, recipe.regions_max)
    _absorb_small(graph, recipe.least_area * picture)
    return np.array([graph.root(i) for i in range(len(regions.area))])


def merge_tree(regions: Regions, recipe: Recipe) -> MergeTree:
    """The whole way down to one region: what a later "simplify" walks along."""
    graph = _Graph(regions, recipe.background, float(regions.area.sum()) * 0.01)
    steps = _merge(graph, math.inf, 1, len(regions.area))
    kept, gone, cost = zip(*steps, strict=True) if steps else ((), (), ())
    return MergeTree(np.array(kept, np.int32), np.array(gone, np.int32), np.array(cost, np.float32))
