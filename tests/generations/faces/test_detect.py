"""Which faces are found, and what is none."""

import numpy as np
import pytest

from generations.faces import Box, Face, find_faces
from generations.faces.detect import PASSES, _apart, _Candidate
from tests.generations.lineart.conftest import read_photo


def test_the_face_in_the_portrait_is_found_with_its_eyes():
    (face,) = find_faces(read_photo("astronaut"))
    assert face.box.centre == pytest.approx((223, 115), abs=15)
    assert len(face.eyes) == 2
    assert all(face.box.holds(*eye.centre) for eye in face.eyes)


def test_a_face_that_touches_the_rim_is_found():
    (face,) = find_faces(read_photo("astronaut")[76:160, 184:268])
    assert face.box.centre == pytest.approx((40, 38), abs=10)
    assert face.box.width > 70


def test_several_faces_come_from_left_to_right():
    portrait = read_photo("astronaut")[:256, 96:352]
    faces = find_faces(np.concatenate([portrait, portrait[:, ::-1], portrait], axis=1))
    assert [round(face.box.centre[0] / 256 - 0.5) for face in faces] == [0, 1, 2]


@pytest.mark.parametrize("name", ["motorcycle", "chelsea", "coffee", "rocket", "raccoon"])
def test_no_face_is_seen_in_things_and_animals(name: str):
    assert find_faces(read_photo(name)) == ()


def test_a_tiny_or_flat_picture_has_no_face():
    assert find_faces(np.zeros((33, 40, 3), np.uint8)) == ()


def test_of_faces_over_each_other_the_surest_counts():
    nose = _Candidate(Face(Box(40, 40, 30, 30), ()), 18)
    whole = _Candidate(Face(Box(0, 0, 100, 100), ()), 56)
    beside = _Candidate(Face(Box(120, 0, 100, 100), ()), 20)
    assert _apart([nose, beside, whole]) == (whole.face, beside.face)


def test_less_than_sure_needs_both_eyes():
    assert all(look.with_eyes < look.sure for look in PASSES)
