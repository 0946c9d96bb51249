import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import KDTree

from generations.lineart.curves import CORNER, FREE, KEPT, flatten, simplify
from generations.lineart.fitting import Course, fitted

FINE = 200  # straight pieces between two points, where a spline is looked at


def course(points, *, closed=False, **marks):
    """A line whose marks are given as index=mark."""
    mark = np.full(len(points), FREE, np.uint8)
    for index, value in marks.items():
        mark[int(index[1:])] = value
    return Course(np.asarray(points, np.float64), mark, closed)


def wave(count=400, height=12.0, turns=3.0):
    x = np.arange(count, dtype=np.float64)
    return np.stack([x, height * np.sin(x * turns * 2 * np.pi / count)], axis=1)


def ring(count=300, radius=48.0):
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)


def strays(line, points, *, closed=False):
    """How far the points are from the spline through the line, at most."""
    return KDTree(flatten(line, FINE, closed=closed)).query(points)[0].max()


LINES = [(wave(), False), (ring(), True), (wave(turns=9), False), (np.abs(wave()), False)]


@pytest.mark.parametrize(("points", "closed"), LINES, ids=["wave", "ring", "ripples", "bounces"])
@pytest.mark.parametrize("tolerance", [0.2, 0.45, 1.0])
def test_the_spline_strays_nowhere_further_than_the_tolerance(points, closed, tolerance):
    (line,) = fitted([course(points, closed=closed)], tolerance)
    assert strays(line, points, closed=closed) <= tolerance + 0.05  # between the points that are looked at


def test_fewer_points_follow_the_line_than_where_straight_pieces_have_to():
    for points, closed in LINES[:3]:
        (line,) = fitted([course(points, closed=closed)], 0.45)
        assert len(line) < 0.8 * len(simplify(points, 0.45, closed=closed))


def test_a_ring_has_no_seam():
    (line,) = fitted([course(ring(), closed=True)], 0.45)
    assert len(line) == 16  # one more on both sides of a seam, where the curve would begin and end


def test_each_of_many_lines_is_followed():
    lines = fitted([course(points, closed=closed) for points, closed in LINES], 0.45)
    far = [strays(line, points, closed=closed) for line, (points, closed) in zip(lines, LINES, strict=True)]
    assert max(far) <= 0.5


def test_ends_stay_and_so_do_marked_points():
    line, *_ = fitted([course(wave(), i33=KEPT), course(ring(), closed=True)], 5.0)
    assert line[[0, -1]].tolist() == wave()[[0, -1]].tolist()
    assert wave()[33].tolist() in line.tolist()


def test_a_corner_comes_twice_but_not_at_the_end_of_a_line():
    straight = np.stack([np.arange(9.0), np.zeros(9)], axis=1)
    (line,) = fitted([course(straight, i0=CORNER, i2=KEPT, i5=CORNER, i8=CORNER)], 0.3)
    assert line[:, 0].tolist() == [0, 2, 5, 5, 8]


def test_a_line_that_goes_around_begins_at_its_corner():
    (line,) = fitted([course(ring(12, 1.0), closed=True, i2=CORNER, i7=KEPT)], 3.0)
    assert line.tolist() == ring(12, 1.0)[[2, 2, 7]].tolist()


def test_a_corner_is_met_sharply():
    level, upright = np.full((30, 2), 29.0), np.full((30, 2), 29.0)
    level[:, 0] = upright[:, 1] = np.arange(30)
    elbow = np.concatenate([level * [1, 0], upright[1:]])
    (line,) = fitted([course(elbow, i29=CORNER)], 0.45)
    assert line.tolist() == [[0, 0], [29, 0], [29, 0], [29, 29]]


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_any_line_is_followed(seed, closed):
    steps = np.random.default_rng(seed).normal(size=(80, 2))
    points = np.cumsum(steps - steps.mean(axis=0) * closed, axis=0)
    (line,) = fitted([course(points, closed=closed)], 0.5)
    places = {tuple(point) for point in points.tolist()}
    assert {tuple(point) for point in line.tolist()} <= places
    assert len(places) >= len(line) >= 2 - closed


def test_no_lines_are_none():
    assert fitted([], 0.45) == []
