"""The eyes, brows, nose and mouth of a face as lines: they follow its mesh, so they are whole, and where they belong."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from generations.faces import Eye, Face
from generations.lineart.arrays import Floats, Mask, Points, sample
from generations.lineart.blobs import Pupil
from generations.lineart.curves import dense
from generations.lineart.details import Traces
from generations.lineart.faces import filled, grown

BROWS = (
    ((70, 63, 105, 66, 107), (46, 53, 52, 65, 55)),
    ((336, 296, 334, 293, 300), (285, 295, 282, 283, 276)),
)
UPPER_LIP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LOWER_LIP = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
UPPER_TEETH = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_TEETH = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
NOSE = (129, 64, 98, 97, 2, 326, 327, 294, 358)
RIDGE = (6, 197, 195, 5, 4)  # of the nose, from between the eyes to its tip
CHEEKS = (36, 50, 101, 117, 118, 205, 266, 280, 330, 346, 347, 425)

OPEN_EYE, OPEN_MOUTH = 0.14, 0.06  # how far lids and lips are apart, in widths of the eye and of the mouth
TURNED = 0.25  # how near to a temple the bridge of the nose is when its ridge hides what is behind
HIDDEN_EYE = 0.45  # of the other one's width
COVERED = 0.5  # of the lightness of the cheeks: as dark are glasses against the sun, not skin around an eye
AROUND_EYE, AROUND_LINE = 0.3, 0.03  # widths of the eye, of the face: nothing else is drawn so near
LEAST_IRIS = 5.0  # px at unit scale: a smaller one is a black dot with its pupil
PUPIL, DOT = 0.5, 0.75  # of the iris
LEAST_FACE = 26.0  # px at unit scale, about 4 mm on A4: on a smaller one eyes would be blots
SURE, LIKELY, MAYBE = (
    255,
    150,
    80,
)  # strengths of lines that every face has, that most have, of those that may be left out


@dataclass(frozen=True, eq=False)
class Portrait:
    """Lines and pupils of faces in px, and where they are: nothing else is drawn there, (H,W)."""

    lines: Traces
    pupils: tuple[Pupil, ...]
    taken: Mask


@dataclass(frozen=True, eq=False)
class _Stroke:
    points: Points
    strength: int


def portrait_of(faces: tuple[Face, ...], lightness: Floats, scale: float) -> Portrait:
    """What is drawn of these faces. `lightness` (H,W) is 0..100, `scale` working px per px at unit scale."""
    taken = np.zeros(lightness.shape, np.bool_)
    strokes: list[_Stroke] = []
    pupils: list[Pupil] = []
    for face in faces:
        if face.box.width < LEAST_FACE * scale:
            continue
        eyes = [eye for eye in _shown_eyes(face) if not _is_covered(eye, face, lightness)]
        drawn = [
            *_eye_strokes(eyes, scale),
            *_brows(face),
            *([] if face.is_aside else [*_nose(face), *_mouth(face)]),
        ]
        strokes += drawn
        pupils += [_pupil(eye, scale) for eye in eyes if eye.openness >= OPEN_EYE]
        taken |= _around(lightness.shape, face, eyes, drawn)
    return Portrait(_traces(strokes, lightness.shape), tuple(pupils), taken)


def _shown_eyes(face: Face) -> list[Eye]:
    """Those that the nose does not hide."""
    widest = max(eye.width for eye in face.eyes)
    return [eye for eye in face.eyes if eye.width >= HIDDEN_EYE * widest]


def _is_covered(eye: Eye, face: Face, lightness: Floats) -> bool:
    """Whether all around the eye is far darker than the cheeks, or beyond the picture's rim."""
    around = grown(
        filled(lightness.shape, np.concatenate([eye.upper, eye.lower[::-1]])), AROUND_EYE * eye.width
    )
    if not around.any():
        return True
    cheeks = np.median(sample(lightness, face.points[list(CHEEKS)]))
    return bool(np.percentile(lightness[around], 75) < COVERED * cheeks)


def _eye_strokes(eyes: list[Eye], scale: float) -> Iterator[_Stroke]:
    for eye in eyes:
        if eye.openness < OPEN_EYE:
            yield _Stroke((eye.upper + eye.lower) / 2, SURE)
            continue
        yield _Stroke(eye.upper, SURE)
        yield _Stroke(eye.lower, LIKELY)
        if eye.iris >= LEAST_IRIS * scale:
            yield from (_Stroke(arc, LIKELY) for arc in _iris_arcs(eye))


def _iris_arcs(eye: Eye) -> list[Points]:
    """What the lids leave of the iris's rim."""
    angles = np.linspace(-np.pi / 2, 1.5 * np.pi, 49)
    rim = eye.middle + eye.iris * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    along = rim[:, 0]
    between = (rim[:, 1] > np.interp(along, *eye.upper.T)) & (rim[:, 1] < np.interp(along, *eye.lower.T))
    cuts = np.flatnonzero(np.diff(between.astype(np.int8))) + 1
    runs = np.split(np.arange(len(rim)), cuts)
    return [rim[run] for run in runs if between[run[0]] and len(run) > 3]


def _pupil(eye: Eye, scale: float) -> Pupil:
    share = PUPIL if eye.iris >= LEAST_IRIS * scale else DOT
    return Pupil(float(eye.middle[0]), float(eye.middle[1]), share * eye.iris)


def _brows(face: Face) -> Iterator[_Stroke]:
    for (upper, lower), eye in zip(BROWS, face.eyes, strict=True):
        if eye in _shown_eyes(face):
            yield _Stroke((face.points[list(upper)] + face.points[list(lower)]) / 2, LIKELY)


def _nose(face: Face) -> Iterator[_Stroke]:
    nose, ridge = face.points[list(NOSE)], face.points[list(RIDGE)]
    if face.looks < TURNED:
        yield _Stroke(np.concatenate([ridge, nose[4:]]), LIKELY)
    elif face.looks > 1 - TURNED:
        yield _Stroke(np.concatenate([ridge, nose[4::-1]]), LIKELY)
    else:
        yield _Stroke(nose, LIKELY)


def _mouth(face: Face) -> Iterator[_Stroke]:
    upper, lower = face.points[list(UPPER_TEETH)], face.points[list(LOWER_TEETH)]
    width = float(np.hypot(*(upper[-1] - upper[0])))
    if float(np.hypot(*(upper - lower).T).max()) < OPEN_MOUTH * width:
        yield _Stroke((upper + lower) / 2, SURE)
    else:
        yield _Stroke(upper, SURE)
        yield _Stroke(lower, SURE)
    for lip in (UPPER_LIP, LOWER_LIP):
        yield _Stroke(face.points[list(lip)], MAYBE)


def _around(shape: tuple[int, ...], face: Face, eyes: list[Eye], strokes: list[_Stroke]) -> Mask:
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


def _traces(strokes: list[_Stroke], shape: tuple[int, ...]) -> Traces:
    """The strokes as detail lines that belong to features, a point every px, within the picture."""
    height, width = shape[:2]
    paths = [np.clip(dense(stroke.points), 0, (width - 1, height - 1)).astype(np.int16) for stroke in strokes]
    lengths = [len(path) for path in paths]
    strengths = np.repeat(np.array([stroke.strength for stroke in strokes], np.uint8), lengths)
    points = np.concatenate([np.zeros((0, 2), np.int16), *paths])
    starts = np.cumsum([0, *lengths]).astype(np.int32)
    return Traces(points, np.asarray(strengths, np.uint8), starts, np.ones(len(strokes), np.bool_))
