"""A face where a test wants one: that of the portrait among the photographs, moved and scaled."""

from functools import cache

import numpy as np

from generations.faces import Box, Face, find_faces
from tests.generations.lineart.conftest import read_photo


@cache
def _portrait() -> Face:
    (face,) = find_faces(read_photo("astronaut"))
    return face


def face_at(box: Box) -> Face:
    """A face that looks ahead, whose box is this square."""
    face = _portrait()
    factor = box.width / face.box.width
    off = np.array([box.x, box.y]) - factor * np.array([face.box.x, face.box.y])
    return Face(face.points * factor + off, face.irises * factor + np.array([*off, 0.0]))


def face_aside(box: Box) -> Face:
    """The same from the side, looking to the left: what is left of the nose's bridge lies on it."""
    face = face_at(box)
    squeezed = np.array([0.25, 1.0])
    bridge = face.points[6]
    left = face.points[:, 0] < bridge[0]
    points = np.where(left[:, None], bridge + (face.points - bridge) * squeezed, face.points)
    points[6, 0] = points[234, 0] - 0.15 * (points[454, 0] - points[234, 0])
    return Face(points, face.irises)
