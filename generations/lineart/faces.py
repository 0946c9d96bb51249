"""Where faces change how a photo is drawn: shading, importance, features."""

import numpy as np

from generations.faces import Face, Gaze
from generations.lineart.arrays import Floats, blur, ellipse

Oval = tuple[tuple[float, float], tuple[float, float]]  # centre and half axes as shares of the face box

SHADED: Oval = ((0.50, 0.58), (0.33, 0.42))
# Clear of forehead, nose and chin, whose outline is the face.
SHADED_ASIDE: Oval = ((0.58, 0.58), (0.30, 0.38))
FEATURES: tuple[Oval, ...] = (  # mouth, nose and eyes
    ((0.50, 0.80), (0.26, 0.12)),
    ((0.50, 0.60), (0.16, 0.10)),
    ((0.30, 0.36), (0.19, 0.15)),
    ((0.70, 0.36), (0.19, 0.15)),
)
FEATURES_ASIDE: tuple[Oval, ...] = (  # the same of a face that looks to the left, and its ear
    ((0.27, 0.77), (0.22, 0.12)),
    ((0.22, 0.59), (0.15, 0.12)),
    ((0.36, 0.41), (0.25, 0.13)),
    ((0.78, 0.60), (0.12, 0.16)),
)

# Lightness of lit skin from which lines count as they are, and the most that they gain.
LIGHT_SKIN, MOST_GAIN = 60.0, 2.0


def oval_of(shape: tuple[int, ...], face: Face, oval: Oval) -> Floats:
    """1 inside this oval of the face, 0 outside."""
    centre, (half_x, half_y) = oval
    return ellipse(shape, face.at(*centre), (half_x * face.box.width, half_y * face.box.height))


def shading_weight(shape: tuple[int, ...], faces: tuple[Face, ...]) -> Floats:
    """1 everywhere but 0.2 inside each face oval: skin shading must not become regions."""
    weight = np.ones(shape[:2], np.float32)
    for face in faces:
        oval = oval_of(shape, face, SHADED if face.gaze is Gaze.AHEAD else SHADED_ASIDE)
        weight *= 1 - 0.8 * blur(oval, max(face.box.width * 0.04, 1.0))
    return weight


def on_dark_skin(lightness: Floats, face: Face) -> float:
    """How many times stronger a line of this face is to its own skin than to light skin: as much as skin is darker.

    `lightness` (H,W) is 0..100. Contrast is seen relative to what it stands on (Weber, 1834).
    """
    seen = lightness[oval_of(lightness.shape, face, SHADED) > 0]
    lit = float(np.percentile(seen, 75)) if seen.size else LIGHT_SKIN
    return float(np.clip(LIGHT_SKIN / max(lit, 1.0), 1.0, MOST_GAIN))


def person_mask(shape: tuple[int, ...], face: Face) -> Floats:
    """About where the head and the upper body of this face are, 0..1, soft at the rim."""
    box = face.box
    head = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.75, box.height * 0.95))
    body = ellipse(shape, box.at(0.5, 2.2), (box.width * 1.2, box.height * 1.6))
    return blur(np.maximum(head, body), max(box.width * 0.08, 1.0))


def feature_map(shape: tuple[int, ...], faces: tuple[Face, ...], scale: float) -> Floats:
    """1 on eyes, nose and mouth, 0.35 on the rest of a face, 0 elsewhere; soft at the rims."""
    image = np.zeros(shape[:2], np.float32)
    for face in faces:
        image = np.maximum(image, 0.35 * oval_of(shape, face, ((0.5, 0.55), (0.42, 0.5))))
        for feature in FEATURES if face.gaze is Gaze.AHEAD else FEATURES_ASIDE:
            image = np.maximum(image, oval_of(shape, face, feature))
    return blur(image, 2 * scale) if faces else image
