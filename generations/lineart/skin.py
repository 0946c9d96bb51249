"""The skin of a face is one field: shadow and shine on a cheek are no things to be coloured apart."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces import Box, Face
from generations.lineart.arrays import Floats, Labels, Mask, ellipse, label_means
from generations.lineart.labels import relabel

OVAL = (0.50, 0.57), (0.41, 0.51)  # centre and half axes as shares of the face box
LEAST_INSIDE = 0.6  # share of a patch that lies in the oval
SAMPLES = ((0.32, 0.62), (0.68, 0.62), (0.50, 0.50), (0.50, 0.24))  # cheeks, nose and forehead
SAMPLE = 0.07  # half axis, share of the face box
LIGHTNESS = (0.3, 1.6)  # times that of lit skin: from shadow to shine
LEAST_CHROMA = 0.35  # times that of the skin: the white of an eye has none
LEAST_COSINE = 0.88  # of the angle between hues: 28 degrees; lips are further away
GREY = 6.0  # chroma below which a photo has no hues


def with_whole_skin(labels: Labels, lab: Floats, faces: tuple[Face, ...]) -> Labels:
    """The label map (H,W) with the patches of each face's skin as one, or as few as are apart; `lab` are the colours."""
    for face in faces:
        skin = _skin_patches(labels, lab, face.box)[labels]
        count, pieces = cv2.connectedComponents(skin.view(np.uint8), connectivity=4)
        if count > 1:
            labels = relabel(np.where(skin, pieces + labels.max(), labels))
    return labels


def _skin_patches(labels: Labels, lab: Floats, box: Box) -> Mask:
    """Which patches lie in the face's oval and have the colour of its skin."""
    count = int(labels.max()) + 1
    oval = _oval(labels.shape, box, *OVAL)
    areas = np.bincount(labels.ravel(), minlength=count)
    inside = np.bincount(labels[oval], minlength=count) / np.maximum(areas, 1)
    colours = label_means(lab, labels, count)
    return np.asarray((inside >= LEAST_INSIDE) & _is_like(colours, _skin_colour(lab, box)), np.bool_)


def _skin_colour(lab: Floats, box: Box) -> NDArray[np.float64]:
    """Its lightness where light falls on it, its usual hue."""
    places = [_oval(lab.shape, box, place, (SAMPLE, SAMPLE)) for place in SAMPLES]
    seen = lab[np.logical_or.reduce(places)]
    if len(seen) == 0:
        return np.zeros(3)
    _, *hue = np.median(seen, axis=0)
    return np.array([np.percentile(seen[:, 0], 75), *hue])


def _is_like(colours: NDArray[np.float64], skin: NDArray[np.float64]) -> Mask:
    """The same hue, as light or darker; chroma changes with light."""
    share = colours[:, 0] / max(skin[0], 1.0)
    chroma, usual = np.linalg.norm(colours[:, 1:], axis=1), float(np.linalg.norm(skin[1:]))
    if usual < GREY:
        alike = chroma < 2 * GREY
    else:
        cosine = colours[:, 1:] @ skin[1:] / np.maximum(chroma * usual, 1e-6)
        alike = (cosine > LEAST_COSINE) & (chroma > LEAST_CHROMA * usual)
    return np.asarray((share > LIGHTNESS[0]) & (share < LIGHTNESS[1]) & alike, np.bool_)


def _oval(shape: tuple[int, ...], box: Box, centre: tuple[float, float], axes: tuple[float, float]) -> Mask:
    half = (axes[0] * box.width, axes[1] * box.height)
    return np.asarray(ellipse(shape, box.at(*centre), half) > 0.5, np.bool_)
