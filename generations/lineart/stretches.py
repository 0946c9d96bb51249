"""Stretches of a line from which straight and elliptic ones are chosen, and the knots between which they lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points
from generations.lineart.shapes import Shape

Pairs = NDArray[np.intp]
Stretch = tuple[int, int]  # the first and the last index


@dataclass(frozen=True, eq=False)
class Run:
    """The points start..end (both included) of a line lie on `shape`."""

    start: int
    end: int
    shape: Shape


def knots_of(points: Points, tolerance: float) -> list[int]:
    """Indexes of the points that Douglas and Peucker (1973) keep, the first and the last among them."""
    line = np.ascontiguousarray(points, np.float32)
    kept = _places(np.asarray(cv2.approxPolyDP(line.reshape(-1, 1, 2), tolerance, False), np.float32))
    inner = set(kept)
    last = len(line) - 1
    return [index for index, at in enumerate(_places(line)) if at in inner or index in (0, last)]


def _places(points: NDArray[np.float32]) -> list[complex]:
    """Points (N,2) or (N,1,2) as numbers that can be looked up."""
    return np.ascontiguousarray(points).view(np.complex64).ravel().tolist()


def long_pairs(knots: Sequence[int], steps: Points, least: float) -> Pairs:
    """Pairs (N,2) of knots at least so far apart along the line, the furthest first."""
    pairs = np.asarray(knots)[_all_pairs(len(knots))]
    apart = steps[pairs[:, 1]] - steps[pairs[:, 0]]
    far = apart >= least
    return pairs[far][np.argsort(-apart[far], kind="stable")]


@lru_cache(maxsize=256)
def _all_pairs(count: int) -> Pairs:
    return np.stack(np.triu_indices(count, 1), axis=1)
