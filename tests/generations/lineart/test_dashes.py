import numpy as np

from generations.lineart.dashes import in_dash_fields

MM = 4.0


def dash(x, y, length=30, way=0.0):
    return np.stack([x + np.arange(length) * np.cos(way), y + np.arange(length) * np.sin(way)], axis=1)


def test_blades_of_grass_are_a_field():
    assert in_dash_fields([dash(15 * k, 10 * (k % 2), way=1.5) for k in range(6)], MM).all()


def test_a_few_lines_are_none():
    assert not in_dash_fields([dash(20 * k, 0, way=1.5) for k in range(3)], MM).any()


def test_lines_that_run_across_each_other_are_none():
    assert not in_dash_fields([dash(10, 10, way=0.6 * k) for k in range(5)], MM).any()


def test_a_long_line_among_dashes_is_not_one_of_them():
    lines = [*(dash(12 * k, 0, way=1.5) for k in range(5)), dash(30, 0, 200, way=1.5)]
    assert in_dash_fields(lines, MM).tolist() == [True] * 5 + [False]


def test_lines_far_apart_are_none():
    assert not in_dash_fields([dash(200 * k, 0) for k in range(6)], MM).any()


def test_no_lines():
    assert len(in_dash_fields([], MM)) == 0
