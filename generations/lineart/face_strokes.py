"""The lines of a face: each follows the face's mesh, as far as it is seen and there is room for it on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from generations.faces import Eye, Face
from generations.lineart.arrays import Points

BROWS = (
    ((70, 63, 105, 66, 107), (46, 53, 52, 65, 55)),
    ((336, 296, 334, 293, 300), (285, 295, 282, 283, 276)),
)
UPPER_LIP: tuple[int, ...] = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LOWER_LIP: tuple[int, ...] = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
UPPER_TEETH = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_TEETH = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
NOSE = (129, 64, 98, 97, 2, 326, 327, 294, 358)
RIDGE = (6, 197, 195, 5, 4)  # of the nose, from between the eyes to its tip

OPEN_EYE, OPEN_MOUTH = 0.14, 0.06  # how far lids and lips are apart, in widths of the eye and of the mouth
TURNED = 0.25  # how near to a temple the bridge of the nose is when its ridge hides what is behind
HIDDEN_EYE = 0.45  # of the other one's width
# px at unit scale: the white of a smaller eye is a speck, so its lower lid leaves the corners open.
LEAST_WHOLE_EYE, MIDDLE = 60.0, slice(2, 7)
# Where smaller lips meet, their rims would leave slits between them.
LEAST_WHOLE_MOUTH, CLEAR_OF_CORNERS = 110.0, slice(2, -2)
LEAST_SMILE = 22.0  # px at unit scale, 3.5 mm on A4: a smaller mouth is one line, drawn so wide, or it would look like dirt
LEAST_IRIS = 9.0  # px at unit scale: a smaller one is a black dot with its pupil

# Strengths: what every face has, what most have, what may be left out where there is no room.
SURE, LIKELY, MAYBE = 255, 150, 80


@dataclass(frozen=True, eq=False)
class Stroke:
    """Places (N,2) in px that a line runs through, and how strong it is, 0..255."""

    points: Points
    strength: int


def strokes_of(face: Face, eyes: list[Eye], scale: float) -> list[Stroke]:
    """What is drawn of a face and these eyes of it; `scale` is working px per px at unit scale.

    Nose and mouth of a face from the side are not: its mesh does not follow them.
    """
    lids = chain.from_iterable(_eye_strokes(eye, scale) for eye in eyes)
    return [*lids, *_brows(face), *([] if face.is_aside else [_nose(face), *_mouth(face, scale)])]


def shown_eyes(face: Face) -> list[Eye]:
    """Those that the nose does not hide."""
    widest = max(eye.width for eye in face.eyes)
    return [eye for eye in face.eyes if eye.width >= HIDDEN_EYE * widest]


def _eye_strokes(eye: Eye, scale: float) -> Iterator[Stroke]:
    if eye.openness < OPEN_EYE:
        yield Stroke((eye.upper + eye.lower) / 2, SURE)
        return
    yield Stroke(eye.upper, SURE)
    yield Stroke(eye.lower if eye.width >= LEAST_WHOLE_EYE * scale else eye.lower[MIDDLE], LIKELY)
    if eye.iris >= LEAST_IRIS * scale:
        yield from (Stroke(arc, LIKELY) for arc in _iris_arcs(eye))


def _iris_arcs(eye: Eye) -> list[Points]:
    """What the lids leave of the iris's rim."""
    angles = np.linspace(-np.pi / 2, 1.5 * np.pi, 49)
    rim = eye.middle + eye.iris * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    along = rim[:, 0]
    between = (rim[:, 1] > np.interp(along, *eye.upper.T)) & (rim[:, 1] < np.interp(along, *eye.lower.T))
    cuts = np.flatnonzero(np.diff(between.astype(np.int8))) + 1
    runs = np.split(np.arange(len(rim)), cuts)
    return [rim[run] for run in runs if between[run[0]] and len(run) > 3]


def _brows(face: Face) -> Iterator[Stroke]:
    for (upper, lower), eye in zip(BROWS, face.eyes, strict=True):
        if eye in shown_eyes(face):
            yield Stroke((face.points[list(upper)] + face.points[list(lower)]) / 2, LIKELY)


def _nose(face: Face) -> Stroke:
    nose, ridge = face.points[list(NOSE)], face.points[list(RIDGE)]
    if face.looks < TURNED:
        return Stroke(np.concatenate([ridge, nose[4:]]), LIKELY)
    if face.looks > 1 - TURNED:
        return Stroke(np.concatenate([ridge, nose[4::-1]]), LIKELY)
    return Stroke(nose, LIKELY)


def _mouth(face: Face, scale: float) -> Iterator[Stroke]:
    upper, lower = face.points[list(UPPER_TEETH)], face.points[list(LOWER_TEETH)]
    width = float(np.hypot(*(upper[-1] - upper[0])))
    least = LEAST_SMILE * scale
    if width < least:
        yield Stroke(_stretched(lower, least / max(width, 1e-6)), SURE)
        return
    if float(np.hypot(*(upper - lower).T).max()) < OPEN_MOUTH * width:
        yield Stroke((upper + lower) / 2, SURE)
    else:
        yield Stroke(upper, SURE)
        yield Stroke(lower, SURE)
    for lip in (UPPER_LIP, LOWER_LIP):
        part = lip if width >= LEAST_WHOLE_MOUTH * scale else lip[CLEAR_OF_CORNERS]
        yield Stroke(face.points[list(part)], MAYBE)


def _stretched(line: Points, factor: float) -> Points:
    middle = line.mean(axis=0)
    return np.asarray(middle + factor * (line - middle), np.float64)
