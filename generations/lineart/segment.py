"""Over-segmentation into basins of the edge strength, and who borders whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import watershed

from generations.lineart.arrays import Floats, Labels, blur, components
from generations.lineart.edges import Edges

Weights = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Borders:
    """Pairs of bordering regions (first < second), with the summed edge strength and length (px) of each border."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    strength: NDArray[np.float64]
    length: NDArray[np.float64]

    def rows(self) -> Iterator[tuple[int, int, float, float]]:
        """Each border as (first, second, strength, length)."""
        columns = (self.first, self.second, self.strength, self.length)
        return zip(*(column.tolist() for column in columns), strict=True)

    def joined(self, number: NDArray[np.int64]) -> "Borders":
        """The borders that are left after each region became part of the one with this `number`."""
        first, second = number[self.first], number[self.second]
        left = first != second
        return _summed(first[left], second[left], self.strength[left], self.length[left])


def basins(edges: Edges, scale: float) -> Labels:
    """Watershed basins (Vincent and Soille, 1991) of the edge strength, numbered from 0, at its (half) size."""
    relief = 0.3 * blur(edges.strength, 0.6 * scale) + edges.distinct
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    _, markers = components(relief <= cv2.erode(relief, disc), connectivity=8)
    return np.asarray(watershed(relief, markers) - 1, np.int32)


def borders_of(labels: Labels, strength: Floats) -> Borders:
    """All borders between 4-neighbours of different regions; a border pixel pair counts its stronger pixel."""
    first, second, edge = (np.concatenate(parts) for parts in zip(*_pairs(labels, strength), strict=True))
    return _summed(first, second, edge, np.ones(len(edge)))


def _summed(
    one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]], strength: Weights, length: Weights
) -> Borders:
    """One border for all the pieces between the same two regions."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other)
    count = int(high.max(initial=0)) + 1
    keys, index = np.unique(low * count + high, return_inverse=True)
    total_strength, total_length = (
        np.bincount(index, values).astype(np.float64) for values in (strength, length)
    )
    return Borders(keys // count, keys % count, total_strength, total_length)


def _pairs(labels: Labels, strength: Floats) -> list[tuple[Labels, Labels, Floats]]:
    pairs = []
    for here, there in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = labels[here] != labels[there]
        edge = np.maximum(strength[here][differ], strength[there][differ])
        pairs.append((labels[here][differ], labels[there][differ], edge))
    return pairs
