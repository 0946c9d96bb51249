import numpy as np
import pytest

from generations.lineart.arrays import distance_inside
from generations.lineart.ends import joined_up

MM = 4.0
SIZE = 200


def network(row=None):
    """Distance to a level boundary line at this row, or to none."""
    away = np.ones((SIZE, SIZE), np.bool_)
    if row is not None:
        away[row] = False
        return distance_inside(away)
    return np.full((SIZE, SIZE), 999, np.float32)


def level(start, end, y):
    return np.array([[start, y], [(start + end) / 2, y], [end, y]], float)


def upright(x, start, end):
    return np.array([[x, start], [x, (start + end) / 2], [x, end]], float)


def joined(*lines, free=False, row=None):
    return joined_up(list(lines), [free] * len(lines), network(row), MM)


def test_an_end_is_led_on_to_a_boundary_ahead():
    (line,) = joined(upright(50, 100, 150), row=160)
    assert line[-1] == pytest.approx([50, 160.5], abs=1)
    assert line[0].tolist() == [50, 100]


def test_an_end_is_led_on_to_another_line():
    stem, _ = joined(level(50, 90, 100), upright(100, 60, 140))
    assert stem[-1] == pytest.approx([100, 100], abs=1)


def test_what_lies_beside_or_too_far_is_not_joined():
    assert [len(line) for line in joined(level(50, 90, 100), level(50, 90, 108))] == [3, 3]
    assert [len(line) for line in joined(upright(50, 100, 140), row=160)] == [3]


def test_an_end_that_is_held_stays():
    (line,) = joined(upright(50, 100, 160.5), row=160)
    assert len(line) == 3


def test_a_nearly_closed_ring_is_closed():
    angles = np.linspace(0, 2 * np.pi - 0.4, 40)
    ring = 100 + 20 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    (line,) = joined(ring)
    assert line[0].tolist() == line[-1].tolist()


def test_a_mouth_ends_freely():
    (line,) = joined(upright(50, 100, 150), free=True, row=160)
    assert len(line) == 3
