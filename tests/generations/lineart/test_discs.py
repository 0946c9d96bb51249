import cv2
import numpy as np
import pytest

from generations.lineart.discs import MOST_DISCS, dark_discs
from tests.generations.lineart.eye_scenes import SIZE, fur


@pytest.mark.parametrize("radius", [5, 10, 20, 38])
def test_a_dark_disc_of_any_size_is_found_where_it_is(radius):
    x, y, found, votes = dark_discs(fur((150, 140, radius)))[0]
    assert (x, y) == pytest.approx((150.5, 140.5), abs=2.5)
    assert found == pytest.approx(radius, rel=0.35)
    assert votes > 0.8


def test_a_light_disc_is_none():
    assert len(dark_discs(fur((150, 140, 10), dark=90.0))) == 0


def test_the_most_circular_ones_come_first():
    lightness = fur((80, 80, 10))
    cv2.rectangle(lightness, (190, 190), (230, 206), 4.0, -1)
    discs = dark_discs(lightness)
    assert discs[0, :2] == pytest.approx((80.5, 80.5), abs=2)
    assert (np.diff(discs[:, 3]) <= 0).all()


def test_an_even_surface_has_no_disc():
    assert dark_discs(fur()).shape == (0, 4)


def test_there_are_never_more_than_can_be_measured():
    noise = np.random.default_rng(3).uniform(0, 100, (3 * SIZE, 3 * SIZE)).astype(np.float32)
    assert len(dark_discs(noise)) == MOST_DISCS
