"""The most roomy point of an area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generations.lineart.arrays import Labels
from generations.lineart.numbers.poles import find_poles

FAR = 1e9


def field(height: int, width: int, *boxes: tuple[int, int, int, int, int]) -> Labels:
    """Labels with boxes (top, left, bottom, right, number), later ones over earlier ones."""
    labels = np.zeros((height, width), np.int32)
    for top, left, bottom, right, number in boxes:
        labels[top:bottom, left:right] = number
    return labels


def only_pole(labels: Labels) -> tuple[float, float, float]:
    (pole,) = find_poles(labels, apart=FAR, least_radius=FAR)
    return pole.x, pole.y, pole.radius


def test_of_a_square_it_is_the_middle():
    assert only_pole(field(41, 51, (10, 20, 31, 41, 1))) == (30.5, 20.5, 10.5)


def test_of_a_long_box_it_is_the_middle_too():
    x, y, radius = only_pole(field(41, 101, (10, 10, 31, 91, 1)))
    assert (y, radius) == (20.5, 10.5)
    assert x == pytest.approx(50.5, abs=0.51)


def test_of_an_l_it_is_the_widest_part():
    # Arms of 20 px: the largest circle touches both outer edges and the inner corner, r = 20 / (1 + 1/sqrt 2) = 11.7.
    x, y, radius = only_pole(field(100, 100, (0, 0, 100, 20, 1), (80, 0, 100, 100, 1)))
    assert (x, 100 - y) == pytest.approx((11.7, 11.7), abs=0.75)
    assert radius == pytest.approx(11.7, abs=0.5)


def test_of_a_ring_it_lies_in_the_ring():
    rows, columns = np.mgrid[:101, :101]
    distance = np.hypot(rows - 50, columns - 50)
    x, y, radius = only_pole(((distance > 20) & (distance < 45)).astype(np.int32))
    assert np.hypot(x - 50.5, y - 50.5) == pytest.approx(32.5, abs=0.6)
    assert radius == pytest.approx(12.5, abs=0.6)


def test_the_edge_of_the_picture_is_an_edge():
    assert only_pole(np.ones((21, 21), np.int32)) == (10.5, 10.5, 10.5)


def test_each_area_has_its_own():
    poles = find_poles(field(20, 40, (2, 2, 9, 9, 1), (2, 20, 17, 35, 2)), apart=FAR, least_radius=FAR)
    assert [(pole.area, pole.radius) for pole in poles] == [(1, 3.5), (2, 7.5)]


def test_a_large_area_has_a_few_places_well_apart():
    poles = find_poles(np.ones((60, 400), np.int32), apart=100, least_radius=20)
    assert len(poles) == 3
    assert all(abs(one.x - two.x) >= 100 for one in poles for two in poles if one is not two)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4, st.integers(0, 4)), min_size=1, max_size=6))
def test_the_circle_holds_nothing_but_its_area(boxes: list[tuple[int, int, int, int, int]]):
    labels = field(30, 30, *boxes)
    rows, columns = np.mgrid[:30, :30] + 0.5
    for pole in find_poles(labels, apart=FAR, least_radius=FAR):
        inside = np.hypot(rows - pole.y, columns - pole.x) < pole.radius
        assert set(labels[inside]) - {0} == set(labels[inside])
        assert labels[int(pole.y), int(pole.x)] == pole.area
