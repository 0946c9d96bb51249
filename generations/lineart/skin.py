"""The skin of a face is one field: shadow and shine on a cheek are no things to be coloured apart."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces import Face
from generations.lineart.arrays import Floats, Labels, Mask, ellipse, label_means
from generations.lineart.faces import Share, drawn_parts, inside_of
from generations.lineart.labels import relabel

SKIN: Share = (0.92, 1.0, 0.75)  # of the outline: fair hair may have its colour
LEAST_INSIDE, LEAST_DRAWN = 0.6, 0.8  # share of a patch that lies in the face, on eyes, brows and lips
SAMPLES = (50, 280, 5, 151)  # of the mesh: cheeks, nose and forehead
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
    """Which patches lie in the face and have the colour of its skin, or are drawn as lines: eyes, brows and lips."""
    count = int(labels.max()) + 1
    areas = np.maximum(np.bincount(labels.ravel(), minlength=count), 1)
    in_face, drawn = (
        np.bincount(labels[part], minlength=count) / areas >= least
        for part, least in (
            (inside_of(labels.shape, face, SKIN), LEAST_INSIDE),
            (drawn_parts(labels.shape, face), LEAST_DRAWN),
        )
    )
    colours = label_means(lab, labels, count)
    return np.asarray(drawn | (in_face & _is_like(colours, _skin_colour(lab, face))), np.bool_)


def _skin_colour(lab: Floats, face: Face) -> NDArray[np.float64]:
    """Its lightness where light falls on it, its usual hue."""
    places = [
        ellipse(lab.shape, tuple(face.points[place]), (SAMPLE * face.box.width,) * 2) for place in SAMPLES
    ]
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
