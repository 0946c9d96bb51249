"""Which faces are found, and what is none."""

import cv2
import numpy as np
import pytest

from generations.faces import Box, Face, Gaze, find_faces
from generations.faces.detect import UPRIGHT, _Candidate, _with_more
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


@pytest.mark.parametrize("lean", [-27.0, 27.0])
def test_a_face_that_leans_is_found_with_its_eyes(lean: float):
    portrait = read_photo("astronaut")[15:215, 123:323]
    leaning = cv2.warpAffine(
        portrait, cv2.getRotationMatrix2D((100, 100), -lean, 1), (200, 200), borderMode=cv2.BORDER_REPLICATE
    )
    (face,) = find_faces(np.asarray(leaning, np.uint8))
    assert face.tilt == np.copysign(22.0, lean)
    assert face.box.centre == pytest.approx((100, 100), abs=12)
    left, right = sorted(eye.centre for eye in face.eyes)
    assert np.sign(right[1] - left[1]) == np.sign(lean)


def head_from_the_side() -> np.ndarray:
    """A grey drawing (320,320,3) of a head that looks to the left."""
    picture = np.full((320, 320), 225, np.uint8)
    skin, shade, hair, dark = 140, 110, 60, 30
    nose = [(94, 135), (74, 178), (96, 190), (92, 205), (97, 212), (92, 222)]
    outline = [
        (120, 70),
        (98, 100),
        *nose,
        (100, 250),
        (130, 262),
        (175, 245),
        (190, 320),
        (250, 320),
        (240, 200),
    ]
    scalp = [
        (112, 82),
        (150, 85),
        (190, 105),
        (195, 160),
        (205, 210),
        (245, 240),
        (275, 180),
        (270, 100),
        (225, 45),
    ]
    chin = [(100, 250), (175, 245), (185, 270), (130, 264)]
    for corners, grey in (
        ([*outline, (250, 120), (215, 70), (165, 50)], skin),
        ([*scalp, (165, 28), (125, 45)], hair),
        (chin, shade),
    ):
        cv2.fillPoly(picture, [np.array(corners, np.int32)], grey)
    for centre, axes, grey in (
        ((205, 180), (13, 22), skin),
        ((205, 180), (7, 14), shade),
        ((124, 140), (18, 7), 120),
        ((117, 140), (6, 6), dark),
        ((98, 186), (8, 4), shade),
    ):
        cv2.ellipse(picture, centre, axes, 0, 0, 360, grey, -1)
    for start, end, grey in (
        ((105, 120), (145, 116), hair),
        ((106, 132), (144, 134), shade),
        ((95, 212), (128, 214), 70),
    ):
        cv2.line(picture, start, end, grey, 5)
    return np.dstack([cv2.GaussianBlur(picture, (0, 0), 2)] * 3)


@pytest.mark.parametrize("gaze", [Gaze.LEFT, Gaze.RIGHT])
def test_a_face_is_found_from_the_side(gaze: Gaze):
    head = head_from_the_side()
    (face,) = find_faces(head if gaze is Gaze.LEFT else np.ascontiguousarray(head[:, ::-1]))
    assert face.gaze is gaze
    assert face.at(0.27, 0.77) == pytest.approx((108 if gaze is Gaze.LEFT else 212, 212), abs=20)  # the mouth
    assert face.eyes == ()


def test_what_may_be_a_head_from_the_side_is_none_when_it_is_blurred():
    assert find_faces(np.asarray(cv2.GaussianBlur(head_from_the_side(), (0, 0), 6), np.uint8)) == ()


@pytest.mark.parametrize("name", ["motorcycle", "chelsea", "coffee", "rocket", "raccoon"])
def test_no_face_is_seen_in_things_and_animals(name: str):
    assert find_faces(read_photo(name)) == ()


def test_a_tiny_or_flat_picture_has_no_face():
    assert find_faces(np.zeros((33, 40, 3), np.uint8)) == ()


def test_of_faces_over_each_other_the_surest_counts():
    nose = _Candidate(Face(Box(40, 40, 30, 30), ()), 18)
    whole = _Candidate(Face(Box(0, 0, 100, 100), ()), 56)
    beside = _Candidate(Face(Box(120, 0, 100, 100), ()), 20)
    assert _with_more((), [nose, beside, whole]) == (whole.face, beside.face)


def test_less_than_sure_needs_both_eyes():
    assert all(look.with_eyes < look.sure for look in UPRIGHT if look.with_eyes)
