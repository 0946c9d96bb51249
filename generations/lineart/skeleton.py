"""Skeletons of masks as pixel paths."""

import numpy as np
from skimage.morphology import skeletonize

from generations.lineart.arrays import Labels, Mask
from generations.lineart.chains import Indexes, chains_of


def skeleton_of(mask: Mask) -> Mask:
    """The one-pixel-wide skeleton of a mask (Zhang and Suen, 1984)."""
    return np.asarray(skeletonize(mask), np.bool_)


def skeleton_paths(skeleton: Mask) -> list[Labels]:
    """Pixel paths (N,2) x, y between junctions and ends of a skeleton; a closed path repeats its first pixel."""
    rows, columns = np.nonzero(skeleton)
    number = np.full((skeleton.shape[0] + 2, skeleton.shape[1] + 2), -1, np.int64)
    number[rows + 1, columns + 1] = np.arange(len(rows))
    pixels = np.stack([columns, rows], axis=1).astype(np.int32)
    paths = []
    for chain in chains_of(_links(number), len(rows)):
        nodes = np.append(chain.nodes, chain.nodes[0]) if chain.closed else chain.nodes
        paths.append(pixels[nodes])
    return paths


def _links(number: Indexes) -> Indexes:
    """Pairs of neighbouring pixels; a diagonal is left out where a 4-neighbour links the two anyway."""
    here = number[1:-1, 1:-1]
    right, below, left = number[1:-1, 2:], number[2:, 1:-1], number[1:-1, :-2]
    below_right, below_left = number[2:, 2:], number[2:, :-2]
    pairs = [
        _pairs(here, right, here >= 0),
        _pairs(here, below, here >= 0),
        _pairs(here, below_right, (right < 0) & (below < 0)),
        _pairs(here, below_left, (left < 0) & (below < 0)),
    ]
    return np.concatenate(pairs)


def _pairs(one: Indexes, other: Indexes, allowed: Mask) -> Indexes:
    linked = (one >= 0) & (other >= 0) & allowed
    return np.stack([one[linked], other[linked]], axis=1)
