"""Cleaning of label maps: slivers are absorbed, boundaries smoothed."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import find_objects
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from generations.lineart.arrays import Labels, Mask, blur, components, distance_inside

KEEP_SHARE = 0.7  # of the least area: what a piece must have left after opening


def relabel(labels: NDArray[np.integer[Any]]) -> Labels:
    """The same regions numbered 0..n-1."""
    present = np.bincount(labels.ravel()) > 0
    return (np.cumsum(present, dtype=np.int32) - 1)[labels]


def effective_number(labels: Labels) -> float:
    """How many regions of equal size divide a picture as evenly: 1 / sum of squared shares (Simpson, 1949)."""
    shares = np.bincount(labels.ravel()) / labels.size
    return 1 / float((shares**2).sum())


def nearest_fill(labels: Labels, known: Mask) -> Labels:
    """Each unknown pixel takes the label of the nearest known one."""
    unknown = (~known).view(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(unknown, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    return _owners(labels, known)[nearest]


def border_mask(labels: Labels) -> Mask:
    """Pixels with a 4-neighbour in another region."""
    mask = np.zeros(labels.shape, np.bool_)
    sideways, downwards = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    mask[:, 1:] |= sideways
    mask[:, :-1] |= sideways
    mask[1:] |= downwards
    mask[:-1] |= downwards
    return mask


def absorb_slivers(labels: Labels, least_area: float, radius: float) -> Labels:
    """Open every region by a disc of `radius` px, drop pieces below `least_area` px, fill from the nearest.

    Drops slivers and closes narrow necks, so that every field left is wide enough to colour. Connected pieces become
    regions; pieces of one region that still touch stay one, for there is no edge on the photo to draw between them.
    """
    borders = border_mask(labels)
    core = distance_inside(~borders) > radius
    opened = _grow_back(labels, core, radius) & (~borders | core)
    count, pieces = components(opened, connectivity=4)
    keep = np.bincount(pieces.ravel(), minlength=count) >= least_area * KEEP_SHARE
    keep[0] = False
    if not keep.any():
        return labels
    origin = np.zeros(count, np.int32)
    origin[pieces] = labels  # each piece lies in one region; 0, which lies in many, is not kept
    number = np.where(keep, np.cumsum(keep, dtype=np.int32) - 1, np.int32(-1))[pieces]
    return _rejoin(nearest_fill(number, number >= 0), origin[keep])


def _rejoin(pieces: Labels, origin: NDArray[np.int32]) -> Labels:
    """Pieces that touch and come from the same region (`origin` by piece) as one."""
    pairs = np.concatenate([np.stack(touching, axis=1) for touching in _neighbours(pieces)])
    return joined(pieces, pairs[origin[pairs[:, 0]] == origin[pairs[:, 1]]])


def joined(labels: Labels, pairs: NDArray[np.integer[Any]]) -> Labels:
    """The map numbered anew after the two regions of each pair (N,2) have become one."""
    count = int(labels.max()) + 1
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, number = connected_components(links, directed=False)
    return np.asarray(number.astype(np.int32)[labels], np.int32)


def _neighbours(labels: Labels) -> list[tuple[Labels, Labels]]:
    """Labels on both sides of all horizontal and of all vertical steps between regions."""
    sideways, downwards = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    return [
        (labels[:, 1:][sideways], labels[:, :-1][sideways]),
        (labels[1:][downwards], labels[:-1][downwards]),
    ]


def _grow_back(labels: Labels, core: Mask, radius: float) -> Mask:
    """The cores grown by the disc again, each inside its own region."""
    outside = (~core).view(np.uint8)
    distance, nearest = cv2.distanceTransformWithLabels(
        outside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    own = _owners(labels, core)[nearest] == labels
    return np.asarray(core | ((distance <= radius + 1) & own), np.bool_)


def _owners(labels: Labels, known: Mask) -> Labels:
    """The labels by OpenCV's number of the nearest known pixel: it counts them from 1 on, row by row."""
    return np.concatenate([np.zeros(1, np.int32), labels[known]])


def smooth_labels(labels: Labels, sigma: float) -> Labels:
    """Each pixel goes to the region whose blurred indicator is largest there: calm boundaries, no gaps."""
    best = np.zeros(labels.shape, np.float32)
    smoothed = labels.copy()
    reach = int(3 * sigma) + 1
    for number, found in enumerate(find_objects(labels + 1)):
        if found is None:
            continue
        window = tuple(slice(max(side.start - reach, 0), side.stop + reach) for side in found)
        indicator = blur((labels[window] == number).astype(np.float32), sigma)
        better = indicator > best[window]
        best[window][better] = indicator[better]
        smoothed[window][better] = number
    return smoothed
