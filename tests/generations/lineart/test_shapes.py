import math

import numpy as np
import pytest

from generations.lineart.shapes import Ellipse, Straight, fit_ellipse, fit_straight

SLOPE = Straight(np.array([3.0, 4]), np.array([0.8, 0.6]))
OVAL = Ellipse(np.array([50.0, 60]), (40.0, 25.0), 0.3)


def around(shape, turn=2 * math.pi, count=80):
    t = np.linspace(0, turn, count, endpoint=False)
    x, y = shape.axes[0] * np.cos(t), shape.axes[1] * np.sin(t)
    cosine, sine = math.cos(shape.angle), math.sin(shape.angle)
    return shape.centre + np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=1)


def test_a_line_through_points_on_a_line_is_that_line():
    points = SLOPE.centre + np.arange(-5.0, 6)[:, None] * SLOPE.direction
    fitted = fit_straight(points)
    assert fitted.angle_to(SLOPE) == pytest.approx(0, abs=1e-6)
    assert fitted.off(points) == pytest.approx(0, abs=1e-9)


def test_a_fitted_line_points_the_way_of_its_points():
    points = np.array([[0.0, 0], [-5, 0.1], [-10, 0]])
    assert fit_straight(points).direction[0] < -0.99


def test_the_nearest_point_of_a_line():
    (near,) = SLOPE.nearest(np.array([[3.0, 4]]) + np.array([[-0.6, 0.8]]))
    assert near == pytest.approx([3, 4])
    assert abs(SLOPE.off(np.array([[2.4, 4.8]]))[0]) == pytest.approx(1)


def test_two_lines_meet():
    upright = Straight(np.array([7.0, 0]), np.array([0.0, 1]))
    assert SLOPE.meet(upright) == pytest.approx([7, 7])


@pytest.mark.parametrize("turn", [2 * math.pi, math.radians(140)])
def test_an_ellipse_is_found_from_all_or_part_of_its_points(turn):
    fitted = fit_ellipse(around(OVAL, turn))
    assert fitted.centre == pytest.approx(OVAL.centre, abs=0.5)
    assert sorted(fitted.axes) == pytest.approx(sorted(OVAL.axes), abs=0.5)
    assert fitted.off(around(OVAL)).max() < 0.5


def test_points_go_onto_an_ellipse_where_they_are():
    outside = OVAL.centre + 1.1 * (around(OVAL) - OVAL.centre)
    on = OVAL.nearest(outside)
    assert OVAL.off(on).max() < 1e-6
    assert np.hypot(*(on - outside).T).max() < 5
    assert OVAL.off(outside).mean() == pytest.approx(3, abs=0.6)


def test_points_on_a_line_give_no_ellipse():
    assert fit_ellipse(np.stack([np.arange(20.0), np.zeros(20)], axis=1)) is None
