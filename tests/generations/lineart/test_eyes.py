import cv2
import numpy as np
import pytest

from generations.lineart.arrays import blur
from generations.lineart.eyes import is_eye

SIZE = 240
MIDDLE = (120, 120)


def circle(radius=10.0, centre=MIDDLE, squeeze=1.0):
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return np.array(centre) + radius * np.stack([np.cos(angles), squeeze * np.sin(angles)], axis=1)


def fur(*spots, dark=4.0, light=60.0):
    """Even lightness with dark round spots, each (x, y, radius)."""
    lightness = np.full((SIZE, SIZE), light, np.float32)
    for x, y, radius in spots:
        cv2.circle(lightness, (x, y), radius, dark, -1)
    return lightness


def judged(lightness, outline=None, colour=None):
    lab = np.zeros((SIZE, SIZE, 3), np.float32)
    lab[..., 0] = lightness
    if colour is not None:
        lab[..., 1] = colour
    return is_eye(circle() if outline is None else outline, blur(lightness, 1.2), lightness, lab)


EYE = fur((*MIDDLE, 10))


def test_a_dark_spot_alone_in_even_fur_is_an_eye():
    assert judged(EYE)


def test_two_eyes_are_eyes_and_three_spots_are_a_pattern():
    assert judged(fur((*MIDDLE, 10), (170, 120, 10)))
    assert not judged(fur((*MIDDLE, 10), (170, 120, 10), (120, 170, 10)))


@pytest.mark.parametrize("dark", [14.0, 40.0])
def test_a_spot_that_is_not_dark_is_a_shadow(dark):
    assert not judged(fur((*MIDDLE, 10), dark=dark))


def test_a_spot_hardly_darker_than_the_fur_is_none():
    assert not judged(fur((*MIDDLE, 10), light=30.0))


def test_a_highlight_tells_an_eye_from_a_shadow():
    shadow = fur((*MIDDLE, 10), dark=14.0)
    shining = shadow.copy()
    cv2.circle(shining, (123, 117), 1, 80.0, -1)
    assert not judged(shadow)
    assert judged(shining)


def test_a_spot_beside_something_dark_is_none():
    beside = EYE.copy()
    beside[:, 150:] = 4
    assert not judged(beside)


def test_a_shining_round_eye_may_have_dark_things_around_it():
    beside = fur((*MIDDLE, 10), dark=14.0)
    beside[:, 150:] = 4
    cv2.circle(beside, (123, 117), 1, 80.0, -1)
    assert judged(beside)
    flat = fur()
    cv2.ellipse(flat, MIDDLE, (10, 6), 0, 0, 360, 14.0, -1)
    flat[:, 150:] = 4
    cv2.circle(flat, (123, 117), 1, 80.0, -1)
    assert not judged(flat, circle(squeeze=0.6))


def test_an_eye_does_not_lie_where_colours_meet():
    colours = np.zeros((SIZE, SIZE), np.float32)
    colours[:, :120] = 40
    assert not judged(EYE, colour=colours)


def test_an_eye_does_not_lie_where_light_meets_shade():
    halves = fur()
    halves[:120] += 39
    cv2.circle(halves, MIDDLE, 10, 4.0, -1)
    assert not judged(halves)


def test_a_spot_at_the_corner_of_the_picture_is_judged_too():
    assert not judged(fur((2, 2, 10), dark=20.0), circle(centre=(2, 2)))
