"""The usual recipes for turning a photo into lines, to compare with. Each takes RGB (H,W,3), gives grey (H,W).

0 is ink and 255 paper. Parameters had one pass of tuning by eye, no more.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label as pieces_of

from generations.lineart.edges import structure_tensor
from generations.lineart.flow import dark_lines, flow_of
from generations.lineart.labels import border_mask, nearest_fill

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]
Labels = NDArray[np.int32]
Mask = NDArray[np.bool_]

LINE = np.ones((3, 3), np.uint8)
PLATEAU_STEP = 4  # grey levels between neighbours on the same plateau
LEAST_PIECE = 0.001  # share of the picture below which a piece of a region joins a neighbour


def canny(photo: Grey) -> Grey:
    """Edge detection (Canny, 1986), thresholds at 2/3 and 4/3 of the median grey, lines three pixels wide."""
    grey = cv2.GaussianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), (0, 0), 1.4)
    middle = float(np.median(grey))
    return _inked(cv2.Canny(grey, 0.66 * middle, 1.33 * middle) > 0)


def adaptive_threshold(photo: Grey) -> Grey:
    """Darker than the surroundings (Bradley and Roth, 2007), after a median filter, as in most tutorials."""
    grey = cv2.medianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), 5)
    binary = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 11, 4)
    return np.asarray(binary, np.uint8)


def xdog(photo: Grey) -> Grey:
    """Extended difference of Gaussians (Winnemoeller, Kyprianidis and Olsen, 2012) after a bilateral filter."""
    light = _lightness(cv2.bilateralFilter(photo, 9, 28, 5))
    narrow, wide = cv2.GaussianBlur(light, (0, 0), 1.4), cv2.GaussianBlur(light, (0, 0), 1.4 * 1.6)
    sharpened = 21 * narrow - 20 * wide
    return _toned(np.where(sharpened >= 0.12, 1, 1 + np.tanh(10 * (sharpened - 0.12))))


def flow_dog(photo: Grey) -> Grey:
    """Difference of Gaussians along the flow of the edges, in two rounds (Kang, Lee and Chui, 2007)."""
    light = _lightness(photo)
    tensor = structure_tensor(np.dstack([light * 100] * 3), 1.3)
    flow = flow_of(*(cv2.GaussianBlur(plane, (0, 0), 4) for plane in tensor))
    drawn = light
    for _ in range(2):
        response = dark_lines(drawn * 100, flow, 1.2, 4.0)
        lines = np.where(response > 1.2, 1 - np.tanh(2 * response), 1).astype(np.float32)
        drawn = np.minimum(light, lines)
    return _toned(lines)


def k_means(photo: Grey) -> Grey:
    """Borders of eight colours (Lloyd, 1982) in Lab, after a bilateral filter; tiny pieces removed."""
    smooth = cv2.bilateralFilter(cv2.bilateralFilter(photo, 9, 40, 7), 9, 40, 7)
    lab = cv2.cvtColor(smooth.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    some = np.ascontiguousarray(lab[::4, ::4].reshape(-1, 3))
    _, _, centres = cv2.kmeans(some, 8, None, stop, 2, cv2.KMEANS_PP_CENTERS)
    apart = np.stack([((lab - centre) ** 2).sum(axis=2) for centre in centres])
    nearest = cv2.medianBlur(apart.argmin(axis=0).astype(np.uint8), 11)
    return _borders(nearest.astype(np.int32))


def mean_shift(photo: Grey) -> Grey:
    """Borders of the plateaus that mean shift leaves (Comaniciu and Meer, 2002); tiny pieces removed."""
    flat = cv2.pyrMeanShiftFiltering(photo, 12, 28, maxLevel=1).astype(np.int16)
    level = np.ones(flat.shape[:2], np.bool_)
    level[:, 1:] &= abs(np.diff(flat, axis=1)).max(axis=2) <= PLATEAU_STEP
    level[1:] &= abs(np.diff(flat, axis=0)).max(axis=2) <= PLATEAU_STEP
    return _borders(level.astype(np.int32), level)


RECIPES: dict[str, Callable[[Grey], Grey]] = {
    "Canny": canny,
    "adaptive threshold": adaptive_threshold,
    "XDoG": xdog,
    "flow DoG": flow_dog,
    "k-means": k_means,
    "mean shift": mean_shift,
}


def _lightness(photo: Grey) -> Floats:
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255, np.float32)


def _toned(shade: Floats) -> Grey:
    return np.asarray(np.clip(shade, 0, 1) * 255, np.uint8)


def _inked(lines: NDArray[np.bool_]) -> Grey:
    return np.asarray(255 - 255 * cv2.dilate(lines.astype(np.uint8), LINE), np.uint8)


def _borders(regions: Labels, certain: Mask | None = None) -> Grey:
    """The lines between connected pieces of equal label, once tiny pieces have joined their nearest neighbour.

    Pixels that are not `certain` belong to the nearest piece.
    """
    pieces = np.zeros(regions.shape, np.int32)
    count = 0
    for value in np.unique(regions):
        found, number = pieces_of(regions == value)
        pieces[found > 0] = found[found > 0] + count
        count += number
    large = np.bincount(pieces.ravel(), minlength=count + 1) >= LEAST_PIECE * pieces.size
    known = large[pieces] if certain is None else large[pieces] & certain
    kept = nearest_fill(pieces, known) if known.any() else np.zeros_like(pieces)
    return _inked(border_mask(kept))
