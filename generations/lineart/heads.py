"""Animals' heads: two eyes beside each other, two that shine, or what OpenCV's cascade for cats' faces knows."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.faces import Box, Face
from generations.lineart.arrays import Bytes, Floats, Mask, blur
from generations.lineart.cats import find_cats
from generations.lineart.eye_pairs import shining_pairs
from generations.lineart.eyes import Eye, eye_at, pairs_of
from generations.lineart.scene import Scene

EYES = (0.26, 0.74), 0.40  # where they are across and down the box of a cat's face
LOWEST = 0.62  # of the picture's height: eyes are above
LEAST_IMPORTANCE = 0.5
EYE, MUZZLE, BELOW = 0.27, 0.50, 0.80  # half axes and place of the features, in distances of the eyes
LARGEST_EYE = 0.22  # radius, distances of the eyes: what is dark beyond that is a mask around it
ROOM = 1.4  # distances of the eyes around their middle: all of the face


@dataclass(frozen=True, eq=False)
class Head:
    """Where its eyes are, in working px, and how they are drawn when not by lines alone."""

    left: tuple[float, float]
    right: tuple[float, float]
    found: tuple[Eye, ...] = ()

    @property
    def span(self) -> float:
        """The distance of its eyes."""
        return math.dist(self.left, self.right)

    @property
    def muzzle(self) -> tuple[float, float]:
        """The middle of nose and mouth: below the eyes, however the head is tilted."""
        (left_x, left_y), (right_x, right_y) = self.left, self.right
        right, down = right_x - left_x, right_y - left_y
        return (left_x + right_x) / 2 - BELOW * down, (left_y + right_y) / 2 + BELOW * right

    @property
    def eyes(self) -> tuple[Eye, ...]:
        """Its eyes as they are drawn, none when lines are enough."""
        return tuple(eye.within(LARGEST_EYE * self.span) for eye in self.found)

    @property
    def box(self) -> Box:
        """All of its face."""
        reach = ROOM * self.span
        x, y = (self.left[0] + self.right[0]) / 2 - reach, (self.left[1] + self.right[1]) / 2 - reach
        return Box(x, y, 2 * reach, 2 * reach)


def find_heads(
    picture: Bytes, scene: Scene, faces: tuple[Face, ...], eyes: tuple[Eye, ...] = ()
) -> tuple[Head, ...]:
    """Heads on an RGB picture (H,W,3) that are no people's faces; two of its `eyes` make one."""
    heads: list[Head] = []
    for head in [*_shining(scene), *map(_of_pair, pairs_of(eyes)), *_cats(picture)]:
        if not any(head.box.lies_over(other.box) for other in heads):
            heads.append(head)
    return tuple(head for head in heads if _is_meant(head, scene.importance) and not _is_person(head, faces))


def _shining(scene: Scene) -> list[Head]:
    upper = np.ascontiguousarray(scene.lightness[: round(LOWEST * len(scene.lightness))])
    pairs = shining_pairs(blur(upper, 1.2 * scene.scale), upper, scene.scale)
    return [_of_pair((eye_at(one.disc, scene), eye_at(other.disc, scene))) for one, other in pairs]


def _of_pair(pair: tuple[Eye, Eye]) -> Head:
    left, right = pair
    return Head((left.x, left.y), (right.x, right.y), pair)


def _cats(picture: Bytes) -> list[Head]:
    (left, right), down = EYES
    return [Head(box.at(left, down), box.at(right, down)) for box in find_cats(picture)]


def _is_meant(head: Head, importance: Floats) -> bool:
    """Whether it is where a subject is."""
    return all(
        y < LOWEST * len(importance) and importance[int(y), int(x)] >= LEAST_IMPORTANCE
        for x, y in (head.left, head.right)
    )


def _is_person(head: Head, faces: tuple[Face, ...]) -> bool:
    return any(face.box.holds(*eye) for face in faces for eye in (head.left, head.right))


def features_of(heads: tuple[Head, ...], shape: tuple[int, ...]) -> Mask:
    """True on eyes, nose and mouth of these heads (H,W)."""
    inside = np.zeros(shape[:2], np.uint8)
    for head in heads:
        for (x, y), share in ((head.left, EYE), (head.right, EYE), (head.muzzle, MUZZLE)):
            cv2.circle(inside, (round(x), round(y)), round(share * head.span), 1, -1)
    return inside > 0
