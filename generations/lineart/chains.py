"""Graphs of short edges taken apart into chains between junctions; used for boundaries and for skeletons."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indexes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Chain:
    """Nodes along one chain. A closed chain does not repeat its first node."""

    nodes: Indexes
    closed: bool


def chains_of(edges: Indexes, count: int) -> list[Chain]:
    """Chains of the undirected graph with `edges` (M,2) over nodes 0..count-1, each edge in exactly one chain."""
    if len(edges) == 0:
        return []
    source = np.concatenate([edges[:, 0], edges[:, 1]])
    target = np.concatenate([edges[:, 1], edges[:, 0]])
    degree = np.bincount(source, minlength=count)
    onward = _onward(source, target, degree)
    starts = np.nonzero(degree[source] != 2)[0]
    return _walk(source.tolist(), target.tolist(), onward.tolist(), starts.tolist())


def _onward(source: Indexes, target: Indexes, degree: NDArray[np.int64]) -> Indexes:
    """For each directed edge the one that continues it through a node of degree 2, or -1 at a junction or end."""
    half = len(source) // 2
    order = np.argsort(source, kind="stable")
    first_at = np.concatenate([[0], np.cumsum(degree)[:-1]])[target]
    first = order[first_at]
    second = order[np.minimum(first_at + 1, len(order) - 1)]
    twin = (np.arange(2 * half) + half) % (2 * half)
    through = np.where(first == twin, second, first)
    return np.asarray(np.where(degree[target] == 2, through, -1), np.int64)


def _walk(source: list[int], target: list[int], onward: list[int], starts: list[int]) -> list[Chain]:
    half = len(source) // 2
    seen = bytearray(half)  # by undirected edge
    chains = []
    for start in starts:
        if not seen[start % half]:
            chains.append(_follow(start, source, target, onward, seen))
    for start in range(half):
        if not seen[start]:
            chains.append(_follow(start, source, target, onward, seen))
    return chains


def _follow(start: int, source: list[int], target: list[int], onward: list[int], seen: bytearray) -> Chain:
    half = len(seen)
    nodes = [source[start]]
    edge = start
    while edge >= 0 and not seen[edge % half]:
        seen[edge % half] = 1
        nodes.append(target[edge])
        edge = onward[edge]
    if edge < 0:
        return Chain(np.array(nodes), closed=False)
    return Chain(np.array(nodes[:-1]), closed=True)
