"""Skeletons of masks as pixel paths."""

import numpy as np
from numpy.typing import NDArray
from skimage.morphology import skeletonize

from generations.lineart.arrays import Labels, Mask
from generations.lineart.chains import Indexes, chains_of


def skeleton_of(mask: Mask) -> Mask:
    """The one-pixel-wide skeleton of a mask (Zhang and Suen, 1984)."""
    return np.asarray(skeletonize(mask), np.bool_)


def skeleton_paths(skeleton: Mask) -> list[Labels]:
    """Pixel paths (N,2) x, y between junctions and ends of a skeleton; a closed path repeats its first pixel."""
    rows, columns = np.nonzero(skeleton)
    pixels = np.stack([columns, rows], axis=1).astype(np.int32)
    paths = []
    for chain in chains_of(_links(skeleton, rows, columns), len(rows)):
        nodes = np.append(chain.nodes, chain.nodes[0]) if chain.closed else chain.nodes
        paths.append(pixels[nodes])
    return paths


def _links(skeleton: Mask, rows: Indexes, columns: Indexes) -> Indexes:
    """Pairs of neighbouring pixels; a diagonal is left out where a 4-neighbour links the two anyway."""
    number = np.full((skeleton.shape[0] + 1, skeleton.shape[1] + 2), -1, np.int32)
    number[rows, columns + 1] = np.arange(len(rows))
    right, below, left = number[rows, columns + 2], number[rows + 1, columns + 1], number[rows, columns]
    below_right, below_left = number[rows + 1, columns + 2], number[rows + 1, columns]
    pairs = [
        _pairs(right, right >= 0),
        _pairs(below, below >= 0),
        _pairs(below_right, (below_right >= 0) & (right < 0) & (below < 0)),
        _pairs(below_left, (below_left >= 0) & (left < 0) & (below < 0)),
    ]
    return np.concatenate(pairs)


def _pairs(other: NDArray[np.int32], linked: Mask) -> Indexes:
    """Each pixel's own number with that of the other, where they are linked."""
    return np.stack([np.flatnonzero(linked), other[linked]], axis=1).astype(np.int64)
