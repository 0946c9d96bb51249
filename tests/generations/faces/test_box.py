"""Points of a face, however it is held."""

import pytest

from generations.faces import Box, Face, Gaze

BOX = Box(100, 100, 200, 200)


def test_places_are_shares_of_the_box():
    assert Face(BOX, ()).at(0.25, 0.75) == (150, 250)


def test_places_of_a_face_that_looks_to_the_right_are_mirrored():
    assert Face(BOX, (), gaze=Gaze.LEFT).at(0.25, 0.75) == (150, 250)
    assert Face(BOX, (), gaze=Gaze.RIGHT).at(0.25, 0.75) == (250, 250)


def test_places_lean_with_the_face():
    upright = Face(BOX, ())
    leaning = Face(BOX, (), tilt=90)
    assert leaning.at(0.5, 0.0) == pytest.approx((300, 200))
    assert leaning.at(0.5, 0.5) == pytest.approx(upright.at(0.5, 0.5))


def test_a_face_keeps_its_tilt_and_gaze_in_another_size():
    small = Face(BOX, (BOX,), tilt=22, gaze=Gaze.RIGHT).scaled(0.5)
    assert (small.box, small.eyes) == (Box(50, 50, 100, 100), (Box(50, 50, 100, 100),))
    assert (small.tilt, small.gaze) == (22, Gaze.RIGHT)
