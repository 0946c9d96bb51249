"""Where animals' heads are, and where their features lie."""

import cv2
import numpy as np
import pytest

from generations.faces import Box
from generations.lineart.eyes import find_eyes
from generations.lineart.heads import LARGEST_EYE, Head, features_of, find_heads
from tests.faces import face_at
from tests.generations.lineart.conftest import read_photo
from tests.generations.lineart.eye_scenes import SIZE, fur, scene_of, shining

LEFT, RIGHT = (100, 120, 10), (160, 126, 9)
BLANK = np.full((SIZE, SIZE, 3), 90, np.uint8)


def heads_on(picture=BLANK, lightness=None, importance=1.0, faces=(), eyes=()):
    return find_heads(picture, scene_of(fur() if lightness is None else lightness, importance), faces, eyes)


def drawn_cat():
    """A round head with two ears, two eyes, a light muzzle and a nose, soft as a photo: eyes at (112, 149), (188, 149)."""
    grey = np.full((SIZE, SIZE), 90, np.uint8)
    for side in (-1, 1):
        ear = [(85, 133), (76, 39), (14, 93)]
        inner = [(72, 115), (70, 57), (36, 93)]
        for corners, shade in ((ear, 130), (inner, 60)):
            cv2.fillPoly(grey, [np.array([(150 + side * x, y) for x, y in corners])], shade)
    cv2.ellipse(grey, (150, 160), (90, 76), 0, 0, 360, 130, -1)
    for x in (112, 188):
        cv2.ellipse(grey, (x, 149), (23, 18), 0, 0, 360, 20, -1)
    cv2.ellipse(grey, (150, 197), (27, 18), 0, 0, 360, 170, -1)
    cv2.fillPoly(grey, [np.array([(140, 182), (160, 182), (150, 196)])], 60)
    return cv2.cvtColor(cv2.GaussianBlur(grey, (0, 0), 2), cv2.COLOR_GRAY2RGB)


def test_two_shining_eyes_are_a_head():
    (head,) = heads_on(lightness=shining(LEFT, RIGHT))
    assert head.left == pytest.approx(LEFT[:2], abs=1.5)
    assert head.right == pytest.approx(RIGHT[:2], abs=1.5)
    assert len(head.eyes) == 2


def test_two_eyes_beside_each_other_are_a_head_though_they_do_not_shine():
    scene = scene_of(fur(LEFT, RIGHT))
    assert heads_on(lightness=scene.lightness) == ()
    (head,) = heads_on(lightness=scene.lightness, eyes=find_eyes(scene, ()))
    assert (head.left, head.right) == (pytest.approx(LEFT[:2], abs=2), pytest.approx(RIGHT[:2], abs=2))


def test_the_face_of_a_cat_is_a_head_whose_eyes_are_drawn_as_lines():
    (head,) = heads_on(drawn_cat())
    assert head.left == pytest.approx((112, 149), abs=12)
    assert head.right == pytest.approx((188, 149), abs=12)
    assert head.eyes == ()


def test_a_cat_whose_eyes_shine_is_one_head():
    (head,) = heads_on(drawn_cat(), shining((112, 149, 10), (188, 149, 10)))
    assert len(head.eyes) == 2


@pytest.mark.parametrize("importance", [0.4, 0.6])
def test_a_head_is_where_the_subject_is(importance):
    assert len(heads_on(lightness=shining(LEFT, RIGHT), importance=importance)) == (importance > 0.5)


def test_what_shines_low_in_the_picture_is_no_head():
    low = [(x, y + 80, radius) for x, y, radius in (LEFT, RIGHT)]
    assert heads_on(lightness=shining(*low)) == ()
    assert heads_on(np.roll(drawn_cat(), 55, axis=0)) == ()


def test_people_have_faces_of_their_own():
    face = face_at(Box(60, 60, 140, 140))
    assert heads_on(lightness=shining(LEFT, RIGHT), faces=(face,)) == ()


@pytest.mark.parametrize("name", ["motorcycle", "coffee", "rocket"])
def test_things_have_no_head(name):
    picture = read_photo(name)
    assert heads_on(picture, np.full(picture.shape[:2], 60, np.float32)) == ()


def test_the_muzzle_is_below_the_eyes_however_the_head_is_tilted():
    assert Head((100, 100), (200, 100)).muzzle == (150, 180)
    assert Head((100, 100), (170, 170)).muzzle == pytest.approx((79, 191))


def test_features_are_eyes_nose_and_mouth():
    features = features_of((Head((100, 100), (200, 100)),), (SIZE, SIZE))
    assert all(features[y, x] for x, y in ((100, 100), (200, 100), (150, 180)))
    assert not any(features[y, x] for x, y in ((150, 60), (40, 180), (260, 180), (150, 250)))
    assert not features_of((), (SIZE, SIZE)).any()


def test_a_dark_mask_around_an_eye_is_not_drawn_as_one():
    (head,) = heads_on(lightness=shining((100, 120, 16), (152, 120, 16)))
    widths = [np.ptp(eye.pupil[:, 0]) for eye in head.eyes]
    assert widths == pytest.approx([2 * LARGEST_EYE * head.span] * 2, abs=2)


def test_the_number_of_threads_moves_no_head():
    found = []
    before = cv2.getNumThreads()
    for threads in (1, 2):
        cv2.setNumThreads(threads)
        found += [(head.left, head.right) for head in heads_on(drawn_cat())]
    cv2.setNumThreads(before)
    assert len(found) == 2
    assert found[0] == found[1]
