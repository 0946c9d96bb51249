"""Where the parts of a face are, however it is held."""

import numpy as np
import pytest

from generations.faces import Box
from tests.faces import face_aside, face_at

BOX = Box(100, 100, 200, 200)


def test_eyes_and_mouth_are_where_the_box_says():
    face = face_at(BOX)
    assert (face.box.x, face.box.y, face.box.width) == pytest.approx((100, 100, 200), abs=0.01)
    down = [one.middle[1] for one in face.eyes]
    assert np.mean(down) == pytest.approx(100 + 0.4 * 200, abs=6)
    assert face.points[[13, 14], 1].mean() == pytest.approx(100 + 0.8 * 200, abs=8)


def test_eyes_come_from_left_to_right_and_so_do_their_lids():
    left, right = face_at(BOX).eyes
    assert left.upper[0, 0] < left.upper[-1, 0] < right.upper[0, 0] < right.upper[-1, 0]
    assert left.upper[4, 1] < left.lower[4, 1]


def test_a_face_in_another_size_is_the_same():
    face = face_at(BOX)
    small = face.scaled(0.5)
    assert small.box == Box(*(pytest.approx(value) for value in (50, 50, 100, 100)))
    assert small.eyes[0].iris == pytest.approx(face.eyes[0].iris / 2)
    assert small.looks == pytest.approx(face.looks)


def test_only_a_face_from_the_side_is_aside():
    assert not face_at(BOX).is_aside
    assert face_aside(BOX).is_aside
