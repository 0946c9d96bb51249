"""The skin of a face is one field: shadow and shine on a cheek are no things to be coloured apart."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces import Face, Gaze
from generations.lineart.arrays import Floats, Labels, Mask, label_means
from generations.lineart.faces import Oval, oval_of
from generations.lineart.labels import relabel

OVAL: Oval = ((0.50, 0.57), (0.41, 0.51))
OVAL_ASIDE: Oval = ((0.58, 0.57), (0.36, 0.50))  # clear of what is before the nose
LEAST_INSIDE = 0.6  # share of a patch that lies in the oval
SAMPLES = ((0.32, 0.62), (0.68, 0.62), (0.50, 0.50), (0.50, 0.24))  # cheeks, nose and forehead
SAMPLES_ASIDE = ((0.50, 0.58), (0.45, 0.75), (0.32, 0.55), (0.35, 0.25))  # the same from the left
SAMPLE = 0.07  # half axis, share of the face box
LIGHTNESS = (0.3, 1.6)  # times that of lit skin: from shadow to shine
LEAST_CHROMA = 0.35  # times that of the skin: the white of an eye has none
LEAST_COSINE = 0.88  # of the angle between hues: 28 degrees; lips are further away
GREY = 6.0  # chroma below which a photo has no hues


def with_whole_skin(labels: Labels, lab: Floats, faces: tuple[Face, ...]) -> Labels:
    """The label map (H,W) with the patches of each face's skin as one, or as few as are apart; `lab` are the colours."""
    for face in faces:
        skin = _skin_patches(labels, lab, face)[labels]
        count, pieces = cv2.connectedComponents(skin.view(np.uint8), connectivity=4)
        if count > 1:
            labels = relabel(np.where(skin, pieces + labels.max(), labels))
    return labels


def _skin_patches(labels: Labels, lab: Floats, face: Face) -> Mask:
    """Which patches lie in the face's oval and have the colour of its skin."""
    count = int(labels.max()) + 1
    oval = oval_of(labels.shape, face, OVAL if face.gaze is Gaze.AHEAD else OVAL_ASIDE) > 0.5
    areas = np.bincount(labels.ravel(), minlength=count)
    inside = np.bincount(labels[oval], minlength=count) / np.maximum(areas, 1)
    colours = label_means(lab, labels, count)
    return np.asarray((inside >= LEAST_INSIDE) & _is_like(colours, _skin_colour(lab, face)), np.bool_)


def _skin_colour(lab: Floats, face: Face) -> NDArray[np.float64]:
    """Its lightness where light falls on it, its usual hue."""
    samples = SAMPLES if face.gaze is Gaze.AHEAD else SAMPLES_ASIDE
    places = [oval_of(lab.shape, face, (place, (SAMPLE, SAMPLE))) for place in samples]
    seen = lab[np.maximum.reduce(places) > 0.5]
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
