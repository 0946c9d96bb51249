"""Small solid black spots that make a drawing alive: pupils of people and the round dark eyes of animals."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.faces import Face
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


def find_spots(scene: Scene, faces: tuple[Face, ...], heads: tuple[Head, ...] = ()) -> tuple[Points, ...]:
    """Outlines of at most MOST_SPOTS solid spots: the eyes of `heads` first, then others outside faces and heads."""
    soft = blur(scene.lightness, 1.2 * scene.scale)
    taken = np.zeros(soft.shape, np.bool_)
    spots: list[_Spot] = []
    for darkness in DARKNESSES:
        dark = (soft < darkness).view(np.uint8)
        for contour in cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]:
            spot = _judge_contour(np.asarray(contour[:, 0], np.int32), soft, scene, taken)
            if spot is not None:
                spots.append(spot)
    boxes = [*(face.box for face in faces), *(head.box for head in heads)]
    elsewhere = [spot for spot in spots if not any(box.holds(*spot.centre) for box in boxes)]
    spots = _but_for_rows(elsewhere, ROW * len(soft))
    chosen = [outline for head in heads for outline in head.dark_eyes]
    chosen += [spot.outline for spot in sorted(spots, key=lambda spot: -spot.weight)]
    return tuple(simplify(outline, 0.4 * scene.scale, closed=True) for outline in chosen[:MOST_SPOTS])


def _but_for_rows(spots: list[_Spot], tolerance: float) -> list[_Spot]:
    """The spots without those of which too many are at one height, within `tolerance` px."""
    heights = np.array([spot.centre[1] for spot in spots])
    beside = (np.abs(heights[:, None] - heights) <= tolerance).sum(axis=1)
    return [spot for spot, count in zip(spots, beside.tolist(), strict=True) if count <= MOST_IN_ROW]


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
