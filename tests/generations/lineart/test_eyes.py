"""Which dark discs are eyes of animals, and how they are drawn."""

import cv2
import numpy as np
import pytest

from generations.faces import Box
from generations.lineart.eyes import eye_at, find_eyes, pairs_of
from tests.faces import face_at
from tests.generations.lineart.eye_scenes import fur, scene_of, shining

EYE = (150, 120, 10)


def eyes_on(lightness, importance=1.0, faces=()):
    return find_eyes(scene_of(lightness, importance), faces)


def width(outline):
    return np.ptp(outline[:, 0])


def test_a_dark_spot_in_even_fur_is_an_eye():
    (eye,) = eyes_on(fur(EYE))
    assert (eye.x, eye.y) == pytest.approx(EYE[:2], abs=2)
    assert width(eye.pupil) == pytest.approx(20, abs=2)
    assert eye.rim is None


def test_a_light_spot_and_an_even_surface_are_none():
    assert eyes_on(fur(EYE, dark=90.0)) == ()
    assert eyes_on(fur()) == ()


def test_what_is_unimportant_has_no_eyes():
    assert eyes_on(fur(EYE), importance=0.3) == ()


def test_two_eyes_are_a_pair_from_left_to_right():
    ((left, right),) = pairs_of(eyes_on(fur((180, 124, 10), (120, 120, 10))))
    assert left.x == pytest.approx(120, abs=2)
    assert right.x == pytest.approx(180, abs=2)


@pytest.mark.parametrize("other", [(180, 120, 4), (120, 180, 10)], ids=["smaller", "below"])
def test_what_is_of_another_size_or_below_is_no_pair(other):
    scene = scene_of(fur((120, 120, 10), other))
    eyes = tuple(eye_at(np.float32(spot), scene) for spot in ((120, 120, 10), other))
    assert list(pairs_of(eyes)) == []


def test_many_spots_of_one_kind_are_a_pattern():
    grid = [(x, y, 7) for x in (30, 110, 190, 270) for y in (50, 130)]
    assert eyes_on(shining(*grid)) == ()


def test_a_low_spot_counts_less_than_a_high_one():
    assert eyes_on(fur((150, 270, 10)), importance=0.6) == ()
    assert len(eyes_on(fur((150, 60, 10)), importance=0.6)) == 1


@pytest.mark.parametrize(
    ("x", "y"), [(12, 60), (288, 60), (150, 12), (150, 288)], ids=["left", "right", "top", "bottom"]
)
def test_an_eye_has_its_head_around_it(x, y):
    assert eyes_on(shining((x, y, 10))) == ()
    inwards = (x + (150 - x) // 7, y + (150 - y) // 7, 10)
    assert len(eyes_on(shining(inwards))) == 1


@pytest.mark.parametrize("top", [80, 130], ids=["in the face", "in the hair"])
def test_people_have_eyes_of_their_own(top):
    assert eyes_on(fur(EYE), faces=(face_at(Box(100, top, 100, 100)),)) == ()
    assert len(eyes_on(fur(EYE), faces=(face_at(Box(100, top + 120, 100, 100)),))) == 1


def test_an_iris_stays_white_around_a_black_pupil():
    eye = eye_at(np.float32(EYE), scene_of(fur(EYE, dark=35.0)))
    assert width(eye.rim) == pytest.approx(20, abs=2)
    assert width(eye.pupil) == pytest.approx(10, abs=1.5)


def test_a_large_eye_is_a_line_around_what_may_be_black():
    eye = eye_at(np.float32((150, 150, 40)), scene_of(fur((150, 150, 40))))
    assert width(eye.rim) == pytest.approx(80, abs=4)
    assert 30 < width(eye.pupil) < 42


def test_a_tiny_eye_is_black_whatever_its_colour():
    assert eye_at(np.float32((150, 150, 5)), scene_of(fur((150, 150, 5), dark=35.0))).rim is None


def test_a_highlight_makes_no_notch():
    lightness = fur(EYE)
    lightness[111:117, 147:151] = 60.0
    eye = eye_at(np.float32(EYE), scene_of(lightness))
    assert np.ptp(eye.pupil, axis=0) == pytest.approx([20, 20], abs=2.5)
    assert cv2.isContourConvex(eye.pupil.astype(np.float32))


def test_what_is_dark_beyond_an_eye_is_a_mask_around_it():
    eye = eye_at(np.float32((150, 150, 8)), scene_of(fur((150, 150, 30))))
    assert width(eye.pupil) == pytest.approx(2 * 8 * 1.15, abs=0.5)


def test_an_eye_can_be_kept_within_a_size():
    eye = eye_at(np.float32(EYE), scene_of(fur(EYE, dark=35.0)))
    small = eye.within(eye.radius / 2)
    assert (width(small.pupil), width(small.rim)) == pytest.approx((width(eye.pupil) / 2, width(eye.rim) / 2))
    assert eye.within(20.0).radius == eye.radius
