import numpy as np
import pytest

from generations.lineart.chains import Chain
from generations.lineart.curves import CORNER
from generations.lineart.ruling import ruled
from generations.lineart.shapes import Straight
from tests.generations.lineart.test_runs import arc, line

MM = 4.0


def one_line(points, *, closed=False):
    return ruled(points, [Chain(np.arange(len(points)), closed=closed)], {}, MM)


def rounded_square(side=120, radius=6):
    """A square whose corners the smoothing of regions has rounded."""
    t = np.linspace(0, np.pi / 2, 10, endpoint=False)
    parts = []
    for turn in range(4):
        straight = np.stack([np.arange(radius, side - radius), np.zeros(side - 2 * radius)], axis=1)
        bend = [side - radius, radius] + radius * np.stack([np.sin(t), -np.cos(t)], axis=1)
        part = np.concatenate([straight, bend]) - side / 2
        for _ in range(turn):
            part = part @ np.array([[0.0, 1], [-1, 0]])
        parts.append(part)
    return np.concatenate(parts)


def test_a_shaky_line_becomes_straight():
    moved, _ = one_line(line((0, 0), (150, 40)))
    straight = Straight(moved[0], (moved[-1] - moved[0]) / np.hypot(*(moved[-1] - moved[0])))
    assert np.abs(straight.off(moved)).max() < 0.05


def test_a_rounded_square_gets_its_four_corners_back():
    moved, marks = one_line(rounded_square(), closed=True)
    corners = moved[marks == CORNER]
    assert sorted(np.abs(corners).ravel()) == pytest.approx([60] * 8, abs=0.3)


def test_a_shaky_circle_becomes_round():
    moved, _ = one_line(arc(60, 360), closed=True)
    radii = np.hypot(*(moved - moved.mean(axis=0)).T)
    assert np.ptp(radii) < 0.5


def test_a_point_that_lines_share_is_moved_onto_both():
    level, stem = line((0, 0), (160, 0)), line((80, 0), (80, 70))[1:]
    points = np.concatenate([level, stem])
    chains = [
        Chain(np.arange(81), closed=False),
        Chain(np.arange(80, len(level)), closed=False),
        Chain(np.array([80, *range(len(level), len(points))]), closed=False),
    ]
    moved, _ = ruled(points, chains, {}, MM)
    assert moved[80] == pytest.approx([80, 0], abs=0.5)
    assert np.ptp(moved[: len(level), 1]) < 0.3
    assert np.ptp(moved[len(level) :, 0]) < 0.3


def test_points_on_the_frame_stay_on_it():
    points = line((0.0, 40), (120, 60))
    points[0] = (0, 40)
    side = Straight(points[0].copy(), np.array([0.0, 1.0]))
    moved, _ = ruled(points, [Chain(np.arange(len(points)), closed=False)], {0: side}, MM)
    assert moved[0, 0] == pytest.approx(0, abs=1e-9)


def test_what_is_neither_straight_nor_round_does_not_move():
    x = np.arange(0.0, 150)
    wavy = np.stack([x, 5 * np.sin(x / 8)], axis=1)
    assert one_line(wavy)[0].tolist() == wavy.tolist()


def test_beside_a_bump_no_step_is_left():
    circle = arc(60, 250)
    moved, _ = one_line(np.concatenate([circle, line(circle[-1], circle[-1] + [60, -90])]))
    steps = np.hypot(*np.diff(moved, axis=0).T)
    assert steps.max() < 2.5
