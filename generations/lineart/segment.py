"""Over-segmentation into basins of the edge strength, and who borders whom."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import watershed

from generations.lineart.arrays import Floats, Labels, blur, components
from generations.lineart.edges import Edges


@dataclass(frozen=True, eq=False)
class Borders:
    """Pairs of bordering regions (first < second), with the summed edge strength and length (px) of each border."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    strength: NDArray[np.float64]
    length: NDArray[np.float64]


def basins(edges: Edges, scale: float) -> Labels:
    """Watershed basins (Vincent and Soille, 1991) of the edge strength, numbered from 0."""
    relief = 0.3 * blur(edges.strength, 1.2 * scale) + edges.distinct
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    _, markers = components(relief <= cv2.erode(relief, disc), connectivity=8)
    return np.asarray(watershed(relief, markers) - 1, np.int32)


def borders_of(labels: Labels, strength: Floats) -> Borders:
    """All borders between 4-neighbours of different regions; a border pixel pair counts its stronger pixel."""
    first, second, edge = (np.concatenate(parts) for parts in zip(*_pairs(labels, strength), strict=True))
    low, high = np.minimum(first, second), np.maximum(first, second)
    count = int(labels.max()) + 1
    keys, index = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
    return Borders(
        keys // count,
        keys % count,
        np.bincount(index, edge).astype(np.float64),
        np.bincount(index).astype(np.float64),
    )


def _pairs(labels: Labels, strength: Floats) -> list[tuple[Labels, Labels, Floats]]:
    pairs = []
    for here, there in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = labels[here] != labels[there]
        edge = np.maximum(strength[here][differ], strength[there][differ])
        pairs.append((labels[here][differ], labels[there][differ], edge))
    return pairs
