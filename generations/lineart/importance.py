"""Where the subject is: a map 0..1 from colour distance to the background, centre, focus and faces."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from generations.faces import Face
from generations.lineart.arrays import Floats, Labels, label_means, wide_blur
from generations.lineart.faces import person_mask
from generations.lineart.segment import Borders

SEEN_AS_EQUAL = 2.5  # Lab distance below which neighbours count as one surface
BACKGROUND, CENTRE, FOCUS = 0.45, 0.30, 0.25


def importance_map(
    labels: Labels,
    colours: NDArray[np.float64],
    borders: Borders,
    strength: Floats,
    faces: tuple[Face, ...],
) -> Floats:
    """Importance (H,W) 0..1. `colours` are the regions' mean Lab colours (N,3)."""
    count = len(colours)
    distance = background_distance(labels, colours, borders)
    centre = label_means(_centre_weight(labels.shape), labels, count)
    focus = label_means(_focus(strength), labels, count)
    by_region = BACKGROUND * distance + CENTRE * centre + FOCUS * focus
    spread = wide_blur(by_region.astype(np.float32)[labels], 0.015 * max(labels.shape))
    low, high = np.percentile(spread[::4, ::4], [8, 92])
    importance = np.clip((spread - low) / (high - low + 1e-6), 0, 1).astype(np.float32)
    for face in faces:
        importance = np.maximum(importance, person_mask(labels.shape, face))
    return importance


def background_distance(
    labels: Labels, colours: NDArray[np.float64], borders: Borders
) -> NDArray[np.float64]:
    """Geodesic colour distance of each region from the picture's rim, 0..1 (Wei et al., 2012).

    The bottom does not count as rim: people and things usually stand on it.
    """
    first, second = borders.first, borders.second
    step = np.linalg.norm(colours[first] - colours[second], axis=1)
    step = np.maximum(step - SEEN_AS_EQUAL, 0) + 1e-3
    graph = coo_matrix((step, (first, second)), shape=(len(colours),) * 2).tocsr()
    upper = int(labels.shape[0] * 0.6)
    rim = np.unique(np.concatenate([labels[0], labels[:upper, 0], labels[:upper, -1]]))
    distance = np.asarray(dijkstra(graph, directed=False, indices=rim, min_only=True), np.float64)
    distance = np.minimum(distance, np.percentile(distance, 98) + 1e-6)
    return np.asarray(distance / (distance.max() + 1e-6), np.float64)


def _centre_weight(shape: tuple[int, ...]) -> Floats:
    height, width = shape[:2]
    rows, columns = np.arange(height)[:, None], np.arange(width)[None, :]
    off_x = ((columns - width / 2) / (0.36 * width)) ** 2
    off_y = ((rows - height * 0.52) / (0.38 * height)) ** 2
    return np.asarray(np.exp(-off_x) * np.exp(-off_y), np.float32)


def _focus(strength: Floats) -> Floats:
    """Local edge strength, 0..1: what is sharp is what the photo was taken of."""
    local = wide_blur(strength, 0.03 * max(strength.shape))
    return np.asarray(np.minimum(local / (np.percentile(local[::4, ::4], 97) + 1e-6), 1), np.float32)
