"""Small solid black spots that make a drawing alive: pupils of people and the round dark eyes of animals."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.faces import Face, Gaze, turned
from generations.lineart.arrays import Floats, Mask, Points, blur
from generations.lineart.curves import simplify, smooth_line
from generations.lineart.eyes import is_eye
from generations.lineart.heads import Head
from generations.lineart.settings import NOMINAL_MM_PER_PX

DARKNESSES = (10, 16, 24, 32)  # lightness below which a spot is looked for
LEAST_MM2, MOST_MM2 = 2.5, 70.0  # on A4
LEAST_ROUNDNESS, LEAST_AXIS_RATIO = 0.70, 0.55
MOST_BOX_SHARE = 0.84  # of the box around it: an ellipse fills 0.79, a window nearly all
LEAST_IMPORTANCE = 0.5
RIM = 0.03  # share of the picture at its rim where no spot is drawn
LOWEST = 0.62  # of its height: further down are hooves and wheels, for heads are above
MOST_SPOTS = 5
MOST_IN_ROW, ROW = 2, 0.012  # spots at one height, within this share of it: more are windows
EYE_OFFSET = (0.31, 0.69)  # where eyes are across a face box


@dataclass(frozen=True)
class Pupil:
    """A pupil of a pair, in working px."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, eq=False)
class Scene:
    """What spots are judged by: stretched lightness, Lab colours and importance, all (H,W), and the unit scale."""

    lightness: Floats
    lab: Floats
    importance: Floats
    scale: float


@dataclass(frozen=True, eq=False)
class _Spot:
    outline: Points
    centre: tuple[float, float]
    weight: float


def find_pupils(lightness: Floats, faces: tuple[Face, ...]) -> tuple[Pupil, ...]:
    """Equal pairs of pupils: both eyes of a face or none. Of one that leans it must be known where its eyes are."""
    pairs = (_pupil_pair(lightness, face) for face in faces if len(face.eyes) == 2 or not _is_askew(face))
    return tuple(pupil for pair in pairs for pupil in pair)


def _pupil_pair(lightness: Floats, face: Face) -> tuple[Pupil, ...]:
    width = face.box.width
    soft = blur(lightness, max(0.022 * width, 0.5))
    spots = [_darkest_spot(soft, face, offset) for offset in EYE_OFFSET]
    found = [spot for spot in spots if spot is not None]
    if len(found) < 2 or abs(_step_between(found[0], found[1], face.tilt)) >= 0.12 * width:
        return ()
    return tuple(Pupil(x, y, 0.030 * width) for x, y in found)


def _is_askew(face: Face) -> bool:
    return bool(face.tilt) or face.gaze is not Gaze.AHEAD


def _step_between(left: tuple[float, float], right: tuple[float, float], tilt: float) -> float:
    """How much lower the right eye is than the left one, for a face that leans so many degrees."""
    return turned(right, left, -tilt)[1] - left[1] if tilt else right[1] - left[1]


def _darkest_spot(soft: Floats, face: Face, offset: float) -> tuple[float, float] | None:
    """The darkest soft spot where an eye of this face should be; None when nothing there is dark."""
    width = face.box.width
    middle_x, middle_y = _eye_centre(face, offset)
    reach = 0.09 * width
    left, top = int(max(middle_x - 1.1 * reach, 0)), int(max(middle_y - 0.7 * reach, 0))
    window = soft[top : int(middle_y + 0.8 * reach), left : int(middle_x + 1.1 * reach)]
    if window.size == 0:
        return None
    rows, columns = np.indices(window.shape)
    off = ((columns + left - middle_x) / reach) ** 2 + ((rows + top - middle_y) / reach) ** 2
    row, column = np.unravel_index(int((window + 10 * off).argmin()), window.shape)
    if float(np.median(window)) - float(window[row, column]) <= 4:
        return None
    return float(column) + left + 0.5, float(row) + top + 0.5


def _eye_centre(face: Face, offset: float) -> tuple[float, float]:
    expected = face.at(offset, 0.40)
    near = (eye.centre for eye in face.eyes if abs(eye.centre[0] - expected[0]) < 0.16 * face.box.width)
    return next(near, expected)


def find_spots(
    scene: Scene, faces: tuple[Face, ...], pupils: tuple[Pupil, ...], heads: tuple[Head, ...] = ()
) -> tuple[Points, ...]:
    """Outlines of at most MOST_SPOTS solid spots: the eyes of `heads` first, then others outside faces and heads.

    Inside a face there is only a level pair, and no pupils.
    """
    soft = blur(scene.lightness, 1.2 * scene.scale)
    taken = np.zeros(soft.shape, np.bool_)
    spots: list[_Spot] = []
    for darkness in DARKNESSES:
        dark = (soft < darkness).view(np.uint8)
        for contour in cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]:
            spot = _judge_contour(np.asarray(contour[:, 0], np.int32), soft, scene, taken)
            if spot is not None:
                spots.append(spot)
    spots = _but_for_rows(_outside_faces(spots, faces, pupils), ROW * len(soft))
    spots = [spot for spot in spots if not any(head.box.holds(*spot.centre) for head in heads)]
    chosen = [outline for head in heads for outline in head.dark_eyes]
    chosen += [spot.outline for spot in sorted(spots, key=lambda spot: -spot.weight)]
    return tuple(simplify(outline, 0.4 * scene.scale, closed=True) for outline in chosen[:MOST_SPOTS])


def _but_for_rows(spots: list[_Spot], tolerance: float) -> list[_Spot]:
    """The spots without those of which too many are at one height, within `tolerance` px."""
    heights = np.array([spot.centre[1] for spot in spots])
    beside = (np.abs(heights[:, None] - heights) <= tolerance).sum(axis=1)
    return [spot for spot, count in zip(spots, beside.tolist(), strict=True) if count <= MOST_IN_ROW]


def _outside_faces(spots: list[_Spot], faces: tuple[Face, ...], pupils: tuple[Pupil, ...]) -> list[_Spot]:
    in_face = [spot for spot in spots if any(face.box.holds(*spot.centre) for face in faces)]
    if not pupils and len(in_face) == 2:
        (one_x, one_y), (other_x, other_y) = in_face[0].centre, in_face[1].centre
        if abs(one_y - other_y) < 0.3 * abs(one_x - other_x):
            return spots
    return [spot for spot in spots if spot not in in_face]


def _judge_contour(contour: np.ndarray, soft: Floats, scene: Scene, taken: Mask) -> _Spot | None:
    """The spot inside this contour, when it is small, round, important and an eye; marks its place as taken."""
    area = cv2.contourArea(contour) * (NOMINAL_MM_PER_PX / scene.scale) ** 2
    if not LEAST_MM2 < area < MOST_MM2 or not _is_round(contour):
        return None
    (x, y), axes, _ = cv2.fitEllipse(contour)
    height, width = taken.shape
    if not (RIM * width < x < (1 - RIM) * width and RIM * height < y < LOWEST * height):
        return None
    weight = float(scene.importance[int(y), int(x)])
    if min(axes) < LEAST_AXIS_RATIO * max(axes) or weight < LEAST_IMPORTANCE or taken[int(y), int(x)]:
        return None
    outline = smooth_line(contour.astype(np.float64) + 0.5, 2 * scene.scale, closed=True)
    if _is_box(outline) or not is_eye(outline, soft, scene.lightness, scene.lab):
        return None
    reach = max(axes)
    taken[max(int(y - reach), 0) : int(y + reach) + 1, max(int(x - reach), 0) : int(x + reach) + 1] = True
    return _Spot(outline, (float(x), float(y)), weight * math.sqrt(area))


def _is_round(contour: np.ndarray) -> bool:
    if len(contour) < 5:
        return False
    area, around = cv2.contourArea(contour), cv2.arcLength(contour, True)
    return 4 * math.pi * area / around**2 >= LEAST_ROUNDNESS


def _is_box(outline: Points) -> bool:
    line = outline.astype(np.float32)
    width, height = cv2.minAreaRect(line)[1]
    return bool(cv2.contourArea(line) > MOST_BOX_SHARE * width * height)
