"""Where faces change how a photo is drawn: shading, importance, features."""

import numpy as np

from generations.faces import Face
from generations.lineart.arrays import Floats, blur, ellipse


def shading_weight(shape: tuple[int, ...], faces: tuple[Face, ...]) -> Floats:
    """1 everywhere but 0.2 inside each face oval: skin shading must not become regions."""
    weight = np.ones(shape[:2], np.float32)
    for face in faces:
        box = face.box
        oval = ellipse(shape, box.at(0.5, 0.58), (box.width * 0.33, box.height * 0.42))
        weight *= 1 - 0.8 * blur(oval, max(box.width * 0.04, 1.0))
    return weight


def person_mask(shape: tuple[int, ...], face: Face) -> Floats:
    """About where the head and the upper body of this face are, 0..1, soft at the rim."""
    box = face.box
    head = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.75, box.height * 0.95))
    body = ellipse(shape, box.at(0.5, 2.2), (box.width * 1.2, box.height * 1.6))
    return blur(np.maximum(head, body), max(box.width * 0.08, 1.0))


FEATURES = (  # centre and half axes of mouth, nose and eyes as shares of the face box
    ((0.50, 0.80), (0.26, 0.12)),
    ((0.50, 0.60), (0.16, 0.10)),
    ((0.30, 0.36), (0.19, 0.15)),
    ((0.70, 0.36), (0.19, 0.15)),
)


def feature_map(shape: tuple[int, ...], faces: tuple[Face, ...], scale: float) -> Floats:
    """1 on eyes, nose and mouth, 0.35 on the rest of a face, 0 elsewhere; soft at the rims."""
    image = np.zeros(shape[:2], np.float32)
    for face in faces:
        box = face.box
        skin = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.42, box.height * 0.5))
        image = np.maximum(image, 0.35 * skin)
        for (right, down), (half_x, half_y) in FEATURES:
            axes = (half_x * box.width, half_y * box.height)
            image = np.maximum(image, ellipse(shape, box.at(right, down), axes))
    return blur(image, 2 * scale) if faces else image
