import cv2
import numpy as np
import pytest

from generations.faces import Box
from generations.lineart.blobs import MOST_SPOTS, Scene, find_spots
from generations.lineart.heads import find_heads
from tests.faces import face_at

SIZE = 300
FACE = face_at(Box(50, 50, 200, 200))


def surface(*circles, light=70.0):
    lightness = np.full((SIZE, SIZE), light, np.float32)
    for x, y, radius in circles:
        cv2.circle(lightness, (x, y), radius, 2.0, -1)
    return lightness


def spots_on(lightness, importance=1.0, faces=(), heads=()):
    lab = np.repeat(lightness[..., None], 3, axis=2)
    scene = Scene(lightness, lab, np.full((SIZE, SIZE), importance, np.float32), 1.0)
    return find_spots(scene, faces, heads)


def test_a_round_dark_eye_stays_solid():
    (outline,) = spots_on(surface((150, 140, 12)))
    assert outline.mean(axis=0) == pytest.approx([150.5, 140.5], abs=1)
    assert np.hypot(*(outline - outline.mean(axis=0)).T).mean() == pytest.approx(10.5, abs=1.5)


@pytest.mark.parametrize("radius", [2, 30])
def test_tiny_and_large_dark_places_are_no_eyes(radius):
    assert spots_on(surface((150, 150, radius))) == ()


def test_a_bar_is_no_eye():
    lightness = surface()
    lightness[140:150, 100:200] = 2
    assert spots_on(lightness) == ()


def test_a_spot_in_the_dark_or_in_the_background_is_no_eye():
    assert spots_on(surface((150, 150, 12), light=20.0)) == ()
    assert spots_on(surface((150, 150, 12)), importance=0.3) == ()


def test_there_are_never_many():
    grid = [(x, y + x // 6, 7) for x in (30, 110, 190, 270) for y in (50, 130)]
    assert len(spots_on(surface(*grid))) == MOST_SPOTS


def test_a_dark_spot_low_in_the_picture_is_a_hoof_or_a_wheel():
    assert spots_on(surface((150, 200, 12))) == ()


def test_two_eyes_are_level_but_three_spots_at_one_height_are_windows():
    alone = (270, 60, 7)
    assert len(spots_on(surface((30, 150, 7), (150, 152, 7), alone))) == 3
    assert len(spots_on(surface((30, 150, 7), (150, 152, 7), (270, 149, 7), alone))) == 1


def test_a_window_is_no_eye():
    lightness = surface()
    lightness[140:160, 140:160] = 2
    assert spots_on(lightness) == ()


def test_in_a_face_there_are_no_spots():
    pair = surface((112, 130, 9), (188, 131, 9))
    assert len(spots_on(pair)) == 2
    assert spots_on(pair, faces=(FACE,)) == ()


def test_the_eyes_of_a_head_are_drawn_once_and_before_others():
    lightness = surface((110, 120, 10), (170, 120, 10), light=60.0)
    for x in (110, 170):
        cv2.circle(lightness, (x, 119), 2, 90.0, -1)
    importance = np.full((SIZE, SIZE), 1.0, np.float32)
    heads = find_heads(np.full((SIZE, SIZE, 3), 90, np.uint8), lightness, importance, 1.0, ())
    spots = spots_on(lightness, heads=heads)
    assert [spot.mean(axis=0)[0] for spot in spots] == pytest.approx([110.5, 170.5], abs=1)
