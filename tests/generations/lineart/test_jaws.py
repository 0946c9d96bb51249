"""A chin is drawn where no region ends at it."""

import cv2
import numpy as np

from generations.faces import Box
from generations.lineart.jaws import JAW, jaw_lines
from tests.faces import face_aside, face_at

BOX = Box(80, 60, 120, 120)
FACE = face_at(BOX)
PLAIN = np.zeros((280, 280), np.int32)


def with_border(off: float) -> np.ndarray:
    """Two regions that part along the jaw, so many px below it."""
    labels = PLAIN.copy()
    cv2.fillPoly(labels, [(FACE.outline + np.array([0, off])).round().astype(np.int32)], 1)
    return labels


def test_a_jaw_that_nothing_follows_is_drawn_from_ear_to_ear():
    (points,) = [jaw_lines((FACE,), PLAIN, 1.0).points]
    assert np.hypot(*(points - FACE.points[152]).T).min() < 1.5
    assert np.ptp(points[:, 0]) > 0.9 * np.ptp(FACE.points[list(JAW), 0])


def test_a_jaw_that_is_a_border_is_not_drawn_twice():
    assert len(jaw_lines((FACE,), with_border(3), 1.0)) == 0
    assert len(jaw_lines((FACE,), with_border(20), 1.0)) > 0


def test_only_the_part_without_a_border_is_drawn():
    labels = with_border(0)
    labels[:, : int(FACE.points[152, 0])] = 0
    points = jaw_lines((FACE,), labels, 1.0).points
    assert len(points) > 0
    assert points[:, 0].max() < FACE.points[152, 0]


def test_tiny_faces_and_faces_from_the_side_have_no_line():
    assert len(jaw_lines((face_at(Box(10, 10, 30, 30)), face_aside(BOX)), PLAIN, 1.0)) == 0
    assert len(jaw_lines((), PLAIN, 1.0)) == 0


def test_a_short_gap_in_a_border_is_left_open():
    labels = with_border(0)
    x = int(FACE.points[152, 0])
    labels[:, x - 14 : x + 14] = 0
    assert len(jaw_lines((FACE,), labels, 1.0)) == 0
