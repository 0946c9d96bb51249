"""Which dark spots are two eyes that look at the camera."""

import cv2
import pytest

from generations.lineart.arrays import blur
from generations.lineart.eye_pairs import shining_pairs
from tests.generations.lineart.eye_scenes import shining

LEFT, RIGHT = (100, 120, 10), (160, 126, 9)


def fur(*eyes, dark=6.0, light=60.0, highlight=90.0):
    return shining(*eyes, dark=dark, light=light, highlight=highlight)


def pairs_on(lightness):
    return shining_pairs(blur(lightness, 1.2), lightness, 1.0)


def test_two_shining_spots_of_one_size_are_a_pair_of_eyes():
    ((left, right),) = pairs_on(fur(RIGHT, LEFT))
    assert (left.x, left.y) == pytest.approx(LEFT[:2], abs=1)
    assert (right.x, right.y) == pytest.approx(RIGHT[:2], abs=1)
    assert [left.radius, right.radius] == pytest.approx([9.5, 8.5], abs=1.5)
    assert left.disc == pytest.approx((*LEFT[:2], 9.5), abs=1.5)


@pytest.mark.parametrize(
    "other",
    [(160, 126, 5), (122, 120, 10), (295, 124, 10), (120, 190, 10)],
    ids=["smaller", "touching", "far", "below"],
)
def test_what_two_eyes_cannot_be_is_no_pair(other):
    assert pairs_on(fur(LEFT, other)) == ()


def test_two_dark_spots_without_a_highlight_are_none():
    assert pairs_on(fur(LEFT, RIGHT, highlight=40.0)) == ()


def test_a_highlight_at_the_rim_is_fur_that_shines_through():
    lightness = fur(LEFT, RIGHT, highlight=6.0)
    for x, y, radius in (LEFT, RIGHT):
        cv2.circle(lightness, (x, y - radius), 1, 90.0, -1)
    assert pairs_on(lightness) == ()


def test_eyes_are_darker_than_what_is_around():
    assert pairs_on(fur(LEFT, RIGHT, light=30.0)) == ()


def test_bars_are_none():
    lightness = fur()
    for x in (100, 160):
        lightness[80:160, x - 8 : x + 8] = 6.0
        cv2.circle(lightness, (x, 120), 2, 90.0, -1)
    assert pairs_on(lightness) == ()


def test_tiny_and_large_spots_are_none():
    assert pairs_on(fur((100, 120, 3), (130, 120, 3))) == ()
    assert pairs_on(fur((80, 120, 30), (220, 120, 30))) == ()


def test_a_third_spot_like_them_makes_a_row_of_windows():
    assert pairs_on(fur(LEFT, RIGHT, (220, 124, 10))) == ()
    assert len(pairs_on(fur(LEFT, RIGHT, (220, 124, 4)))) == 1


def test_something_dark_between_them_makes_them_stripes():
    bridge = fur(LEFT, RIGHT)
    bridge[90:150, 122:138] = 6.0
    assert pairs_on(bridge) == ()
