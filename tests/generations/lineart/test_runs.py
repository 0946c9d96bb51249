import math

import numpy as np
import pytest

from generations.lineart.runs import find_runs
from generations.lineart.shapes import Ellipse, Straight, fit_straight
from generations.lineart.straight_runs import SURELY_OFF, lines_through
from generations.lineart.stretches import knots_of

MM = 4.0


def shaky(points):
    """The points with the small waves that a traced boundary has."""
    k = np.arange(len(points))
    return points + 0.25 * np.stack([np.sin(k / 3.1), np.cos(k / 4.3)], axis=1)


def line(start, end):
    """Points a pixel apart on a shaky line."""
    start, end = np.array(start, float), np.array(end, float)
    count = int(np.hypot(*(end - start)))
    return shaky(start + np.linspace(0, 1, count, endpoint=False)[:, None] * (end - start))


def arc(radius, turn, centre=(200, 200), stretch=1.0):
    t = np.linspace(0, math.radians(turn), int(radius * math.radians(turn)), endpoint=False)
    return shaky(np.array(centre) + radius * np.stack([np.cos(t), stretch * np.sin(t)], axis=1))


def test_knots_are_ends_and_corners():
    elbow = np.concatenate([[[x, 0.0] for x in range(10)], [[10.0, y] for y in range(10)]])
    assert knots_of(elbow, 0.5) == [0, 10, 19]


def test_a_shaky_straight_line_is_one_straight_run():
    (run,) = find_runs(line((0, 0), (120, 30)), MM)
    assert isinstance(run.shape, Straight)
    assert run.end - run.start > 110


def test_an_angle_is_two_straight_runs():
    first, second = find_runs(np.concatenate([line((0, 0), (60, 0)), line((60, 0), (60, 60))]), MM)
    assert first.end <= second.start
    assert first.shape.angle_to(second.shape) == pytest.approx(math.pi / 2, abs=0.05)


@pytest.mark.parametrize("stretch", [1.0, 0.5])
def test_a_round_line_is_an_ellipse(stretch):
    (run,) = find_runs(arc(60, 300, stretch=stretch), MM)
    assert isinstance(run.shape, Ellipse)
    assert sorted(run.shape.axes) == pytest.approx(sorted((60, 60 * stretch)), abs=0.6)


def test_a_small_bump_does_not_hide_an_ellipse():
    circle = arc(60, 360)
    circle[100:112] += 0.02 * (circle[100:112] - 200)
    (run,) = find_runs(circle, MM)
    assert run.end - run.start > 0.95 * len(circle)


def test_a_gentle_curve_is_neither():
    """The back of an animal must not become a polygon."""
    assert find_runs(arc(90, 70), MM) == []


def test_a_short_straight_stretch_between_gentle_curves_is_left_as_it_is():
    """Unlike the same stretch beside a corner: only there does a straight line make a thing of it."""
    back = line((0, 0), (40, 0))
    bend = np.linspace(0, 1.0, 80)
    after = back[-1] + 80 * np.stack([np.sin(bend), 1 - np.cos(bend)], axis=1)[1:]
    before = back[0] - (after - back[-1])[::-1]
    assert find_runs(np.concatenate([before, back, after]), MM) == []
    cornered = np.concatenate([before, back, line((40, 0), (40, 60))])
    assert [isinstance(run.shape, Straight) for run in find_runs(cornered, MM)] == [True, True]


def test_a_short_line_is_left_as_it_is():
    assert find_runs(line((0, 0), (12, 0)), MM) == []


def test_a_wavy_line_is_left_as_it_is():
    x = np.arange(0.0, 150)
    assert find_runs(np.stack([x, 5 * np.sin(x / 8)], axis=1), MM) == []


def test_lines_by_running_sums_are_those_fitted_one_by_one():
    steps = np.random.default_rng(5).normal(0, 0.3, 5000).cumsum()
    points = np.array([900.0, 700.0]) + np.cumsum(np.stack([np.cos(steps), np.sin(steps)], axis=1), axis=0)
    pairs = np.array(
        [(first, last) for first in range(0, 5000, 700) for last in range(first + 22, 5000, 450)]
    )
    for (first, last), centre, way in zip(pairs, *lines_through(points, pairs), strict=True):
        ends = points[[first, last]]
        off = (ends - centre) @ np.array([-way[1], way[0]])
        assert np.abs(off) == pytest.approx(
            np.abs(fit_straight(points[first : last + 1]).off(ends)), abs=SURELY_OFF / 10
        )
