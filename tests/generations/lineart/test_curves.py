import numpy as np
import pytest

from generations.lineart.curves import bezier_controls, dense, flatten, simplify, smooth_line

ZIGZAG = np.stack([np.arange(40.0), np.tile([0.0, 1.0], 20)], axis=1)
SQUARE = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10]])


def test_smoothing_calms_and_keeps_the_ends():
    smoothed = smooth_line(ZIGZAG, 2.0, closed=False)
    assert smoothed[[0, -1]].tolist() == ZIGZAG[[0, -1]].tolist()
    assert smoothed[5:-5, 1].std() < 0.05


def test_smoothing_a_closed_line_has_no_seam():
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * 20
    radii = np.hypot(*smooth_line(circle, 2.0, closed=True).T)
    assert np.ptp(radii) < 1e-9


@pytest.mark.parametrize("count", [1, 2, 4])
def test_short_lines_stay_as_they_are(count):
    assert smooth_line(ZIGZAG[:count], 3.0, closed=False).tolist() == ZIGZAG[:count].tolist()


def test_simplifying_keeps_corners_only():
    line = np.array([[0.0, 0], [5, 0.1], [10, 0], [10, 5], [10, 10]])
    assert simplify(line, 0.35, closed=False).tolist() == [[0, 0], [10, 0], [10, 10]]


def test_curves_join_and_pass_through_the_points():
    (pieces,) = bezier_controls([SQUARE], closed=True)
    assert pieces.shape == (4, 4, 2)
    assert pieces[:, 0].tolist() == SQUARE.tolist()
    assert pieces[:, 3].tolist() == np.roll(SQUARE, -1, axis=0).tolist()


def test_points_on_a_line_give_a_straight_curve():
    line = np.array([[0.0, 0], [1, 1], [5, 5], [6, 6]])
    flat = flatten(line, 8, closed=False)
    assert np.allclose(flat[:, 0], flat[:, 1])
    assert (np.diff(flat[:, 0]) > 0).all()


@pytest.mark.parametrize(("closed", "count"), [(True, 32), (False, 25)])
def test_flattening_gives_so_many_points(closed, count):
    assert len(flatten(SQUARE, 8, closed=closed)) == count


def test_coinciding_points_do_no_harm():
    twice = np.array([[0.0, 0], [0, 0], [1, 0]])
    assert np.isfinite(flatten(twice, 4, closed=True)).all()


def test_the_curve_turns_sharply_in_a_point_that_comes_twice():
    elbow = np.array([[0.0, 0], [10, 0], [10, 0], [10, 10]])
    flat = flatten(elbow, 8, closed=False)
    assert np.abs(flat[:, 1] * (flat[:, 0] - 10)).max() < 1e-9


def test_a_dense_curve_runs_through_its_places_a_px_apart():
    curve = dense(SQUARE)
    assert np.hypot(*np.diff(curve, axis=0).T).max() < 2
    assert all(np.hypot(*(curve - place).T).min() < 0.6 for place in SQUARE)


def test_a_place_named_twice_is_one():
    assert np.allclose(dense(np.repeat(SQUARE, 2, axis=0)), dense(SQUARE))
    assert dense(np.repeat(SQUARE[:1], 3, axis=0)).tolist() == [[0, 0]]
