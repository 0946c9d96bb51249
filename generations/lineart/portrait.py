"""Portraits: the eyes, brows, nose and mouth of every face as lines of its mesh, so that they are whole and in place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.faces import Eye, Face
from generations.lineart.arrays import Floats, Mask, Points, sample
from generations.lineart.blobs import Pupil
from generations.lineart.curves import dense
from generations.lineart.details import Traces
from generations.lineart.face_strokes import (
    LEAST_IRIS,
    LOWER_LIP,
    OPEN_EYE,
    UPPER_LIP,
    Stroke,
    shown_eyes,
    strokes_of,
)
from generations.lineart.faces import filled, grown

CHEEKS = (36, 50, 101, 117, 118, 205, 266, 280, 330, 346, 347, 425)
COVERED = 0.5  # of the lightness of the cheeks: as dark are glasses against the sun, not skin around an eye
AROUND_EYE, AROUND_LINE = 0.3, 0.03  # widths of the eye, of the face: nothing else is drawn so near
PUPIL, DOT = 0.5, 0.65  # of the iris, where that is drawn and where it is not
LEAST_FACE = 34.0  # px at unit scale, about 5.5 mm on A4: on a smaller one eyes would be blots


@dataclass(frozen=True, eq=False)
class Portrait:
    """Lines and pupils of faces in px, and where they are: nothing else is drawn there, (H,W)."""

    lines: Traces
    pupils: tuple[Pupil, ...]
    taken: Mask


def portrait_of(faces: tuple[Face, ...], lightness: Floats, scale: float) -> Portrait:
    """What is drawn of these faces. `lightness` (H,W) is 0..100, `scale` working px per px at unit scale."""
    taken = np.zeros(lightness.shape, np.bool_)
    strokes: list[Stroke] = []
    pupils: list[Pupil] = []
    for face in faces:
        if face.box.width < LEAST_FACE * scale:
            continue
        eyes = [eye for eye in shown_eyes(face) if not _is_covered(eye, face, lightness)]
        drawn = strokes_of(face, eyes, scale)
        strokes += drawn
        pupils += [_pupil(eye, scale) for eye in eyes if eye.openness >= OPEN_EYE]
        taken |= _around(lightness.shape, face, eyes, drawn)
    paths = [path_within(stroke.points, lightness.shape) for stroke in strokes]
    strengths = [
        np.full(len(path), stroke.strength, np.uint8) for path, stroke in zip(paths, strokes, strict=True)
    ]
    return Portrait(Traces.of(paths, strengths, [True] * len(paths)), tuple(pupils), taken)


def _is_covered(eye: Eye, face: Face, lightness: Floats) -> bool:
    """Whether all around the eye is far darker than the cheeks, or beyond the picture's rim."""
    around = grown(
        filled(lightness.shape, np.concatenate([eye.upper, eye.lower[::-1]])), AROUND_EYE * eye.width
    )
    if not around.any():
        return True
    cheeks = np.median(sample(lightness, face.points[list(CHEEKS)]))
    return bool(np.percentile(lightness[around], 75) < COVERED * cheeks)


def _pupil(eye: Eye, scale: float) -> Pupil:
    share = PUPIL if eye.iris >= LEAST_IRIS * scale else DOT
    return Pupil(float(eye.middle[0]), float(eye.middle[1]), share * eye.iris)


def _around(shape: tuple[int, ...], face: Face, eyes: list[Eye], strokes: list[Stroke]) -> Mask:
    """Where lines found on the photo would repeat these."""
    taken = np.zeros(shape[:2], np.bool_)
    for eye in eyes:
        taken |= filled(shape, np.concatenate([eye.upper, eye.lower[::-1]]))
    for stroke in strokes:
        taken |= filled(shape, np.concatenate([stroke.points, stroke.points[::-1]]))
    if not face.is_aside:
        taken |= filled(
            shape, np.concatenate([face.points[list(lip)] for lip in (UPPER_LIP, LOWER_LIP[::-1])])
        )
    return grown(taken, AROUND_LINE * face.box.width)


def path_within(points: Points, shape: tuple[int, ...]) -> NDArray[np.int16]:
    """The pixels (N,2) of a smooth curve through these points, one every px; beyond the rim those at the rim."""
    height, width = shape[:2]
    return np.clip(dense(points), 0, (width - 1, height - 1)).astype(np.int16)
