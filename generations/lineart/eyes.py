"""Eyes of animals: dark discs that measure as eyes do (`eye_weights.py`), and how each of them is drawn."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import cv2
import numpy as np

from generations.faces import Face
from generations.lineart.arrays import Floats, Points
from generations.lineart.discs import dark_discs
from generations.lineart.eye_measures import (
    ALIKE,
    APART,
    DIRECTIONS,
    STEEPEST,
    around,
    levels_of,
    measures,
    rims_of,
)
from generations.lineart.eye_weights import CONTEXT, LEAST_SCORE, MEASURES
from generations.lineart.scene import Scene
from generations.lineart.settings import NOMINAL_MM_PER_PX

MOST_EYES = 8  # places of a picture that are compared with each other
NOTHING = -8.0  # the score of a place that is not there
NEARLY = 1.5  # below its score: places that look as much like an eye
HEAD = 0.75  # widths of a face around its middle: hair is dark too
ROOM = 1.6  # radii: where what is around an eye is
MOST_SOLID_MM2 = 70.0  # on A4: what is larger gets a line around a smaller pupil
BLACK, LEAST_IRIS_PX = 20.0, 7.0  # lightness of an eye without an iris; radius from which an iris can be seen
PUPIL = 0.5  # of the radius, inside an iris
MASK = 1.15  # radii: what is dark further out is a mask around the eye


@dataclass(frozen=True, eq=False)
class Eye:
    """An eye in working px: its place and radius, the outline (N,2) of what is black, and of its rim when that is a line."""

    x: float
    y: float
    radius: float
    pupil: Points
    rim: Points | None = None

    def within(self, radius: float) -> "Eye":
        """This eye no larger than that: what is dark around it is a mask."""
        factor = min(1.0, radius / self.radius)
        rim = None if self.rim is None else self._scaled(self.rim, factor)
        return replace(self, radius=factor * self.radius, pupil=self._scaled(self.pupil, factor), rim=rim)

    def _scaled(self, outline: Points, factor: float) -> Points:
        middle = np.array([self.x, self.y])
        return middle + factor * (outline - middle)


def find_eyes(scene: Scene, faces: tuple[Face, ...]) -> tuple[Eye, ...]:
    """The eyes of animals on a picture, the surest first; what lies in the faces of people is none."""
    discs = _possible(dark_discs(scene.lightness), scene.lightness.shape, faces)
    if not len(discs):
        return ()
    scores = MEASURES.scores(measures(discs, scene))
    places = _one_a_place(discs, scores)
    sure = CONTEXT.scores(_compared(scores[places]))
    order = [k for k in np.argsort(-sure, kind="stable") if sure[k] >= LEAST_SCORE]
    return tuple(eye_at(discs[places[k]], scene) for k in order)


def _possible(discs: Floats, shape: tuple[int, ...], faces: tuple[Face, ...]) -> Floats:
    """The discs that are all in the picture, with what is around them, and in no person's head."""
    x, y, around = discs[:, 0], discs[:, 1], ROOM * discs[:, 2]
    is_possible = (x > around) & (y > around) & (x < shape[1] - around) & (y < shape[0] - around)
    for face in faces:
        (middle_x, middle_y), reach = face.box.centre, HEAD * face.box.width
        is_possible &= (np.abs(x - middle_x) > reach) | (np.abs(y - middle_y) > reach)
    return discs[is_possible]


def _one_a_place(discs: Floats, scores: Floats) -> list[int]:
    """The MOST_EYES best discs, the best first, none that touches a better one."""
    kept: list[int] = []
    for disc in np.argsort(-scores, kind="stable").tolist():
        others = discs[kept]
        apart = np.hypot(others[:, 0] - discs[disc, 0], others[:, 1] - discs[disc, 1])
        if (apart > others[:, 2] + discs[disc, 2]).all():
            kept.append(disc)
        if len(kept) == MOST_EYES:
            break
    return kept


def _compared(scores: Floats) -> dict[str, Floats]:
    """What the best scores of a picture, in falling order, say of each: two eyes stand out, windows are many."""
    beside = np.full(4, NOTHING, np.float32)
    others = [np.concatenate([np.delete(scores, place), beside]) for place in range(len(scores))]
    return {
        "score": scores,
        "above_second": scores - np.array([other[1] for other in others], np.float32),
        "above_fourth": scores - np.array([other[3] for other in others], np.float32),
        "as_good": (scores[None, :] > scores[:, None] - NEARLY).sum(axis=1).astype(np.float32),
    }


def eye_at(disc: Floats, scene: Scene) -> Eye:
    """The eye at this disc (x, y, radius, ...) as it is drawn: black, or a line around a pupil."""
    x, y = disc[:2].tolist()
    seen = around(scene.lightness, disc[None])
    rim = _outline(disc, np.minimum(rims_of(seen)[0], MASK))
    radius = math.sqrt(cv2.contourArea(rim.astype(np.float32)) / math.pi)
    largest = math.sqrt(MOST_SOLID_MM2 / math.pi) / NOMINAL_MM_PER_PX * scene.scale
    if radius <= min(largest, LEAST_IRIS_PX * scene.scale) or (
        radius <= largest and levels_of(seen)[0][0] <= BLACK
    ):
        return Eye(x, y, radius, rim)
    pupil = Eye(x, y, radius, rim).within(min(largest, PUPIL * radius)).pupil
    return Eye(x, y, radius, pupil, rim)


def _outline(disc: Floats, reach: Floats) -> Points:
    """A convex line around the middle of a disc, `reach` (16,) of its radii away from it: a highlight makes no notch."""
    calm = (np.roll(reach, 1) + 2 * reach + np.roll(reach, -1)) / 4
    directions = np.stack([np.cos(DIRECTIONS), np.sin(DIRECTIONS)], axis=1)
    corners = disc[:2] + disc[2] * calm[:, None] * directions
    return np.asarray(cv2.convexHull(corners.astype(np.float32))[:, 0], np.float64)


def pairs_of(eyes: tuple[Eye, ...]) -> Iterator[tuple[Eye, Eye]]:
    """Eyes of one size beside each other, left and right."""
    for one, other in combinations(eyes, 2):
        mean = (one.radius + other.radius) / 2
        apart = math.hypot(one.x - other.x, one.y - other.y) / mean
        is_level = abs(one.y - other.y) < STEEPEST * apart * mean
        if ALIKE[0] < one.radius / other.radius < ALIKE[1] and APART[0] < apart < APART[1] and is_level:
            yield (one, other) if one.x < other.x else (other, one)
