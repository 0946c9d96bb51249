"""Chins without a border: where neck and cheek are lit alike, the jaw of a face is a line of its mesh."""

import numpy as np

from generations.faces import Face
from generations.lineart.arrays import Floats, Labels, distance_inside, sample
from generations.lineart.details import Traces
from generations.lineart.labels import border_mask
from generations.lineart.portrait import path_within
from generations.lineart.selection import runs_of

JAW = (58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288)  # from ear to ear below
LEAST_FACE = 40.0  # px at unit scale: below a smaller one the line would be a blot
AWAY = 0.06  # of the face's width: a border nearer than that is the jaw's own
LEAST_RUN = 0.2  # of the jaw
STRENGTH = 255


def jaw_lines(faces: tuple[Face, ...], labels: Labels, scale: float) -> Traces:
    """The parts of jaws that no border of the regions `labels` (H,W) follows; `scale` is working px per px at unit scale."""
    faces = tuple(face for face in faces if face.box.width >= LEAST_FACE * scale and not face.is_aside)
    away = distance_inside(~border_mask(labels)) if faces else np.zeros((1, 1), np.float32)
    paths = [path for face in faces for path in _open_parts(face, labels.shape, away)]
    return Traces.of(paths, [np.full(len(path), STRENGTH, np.uint8) for path in paths], [False] * len(paths))


def _open_parts(face: Face, shape: tuple[int, ...], away: Floats) -> list[np.ndarray]:
    jaw = path_within(face.points[list(JAW)], shape)
    runs = runs_of(sample(away, jaw) > AWAY * face.box.width)
    return [jaw[start:end] for start, end in runs if end - start >= LEAST_RUN * len(jaw)]
