import numpy as np
import pytest

from generations.lineart.chains import Chain
from generations.lineart.ridges import MOST_ROWS, led_to_ridges

SIZE, REACH = 120, 6.0
NODES = np.arange(80)
EDGES = np.stack([NODES[:-1], NODES[1:]], axis=1)
NONE = np.zeros(0, np.int64)


def ridge_at(x):
    """Edge strength with an upright ridge; between the middles of pixels its top is flat."""
    columns = np.arange(SIZE) + 0.5
    return np.tile(9 * np.exp(-0.5 * ((columns - x) / 2) ** 2), (SIZE, 1)).astype(np.float32)


def upright(x):
    return np.stack([np.full(80, float(x)), 20.0 + NODES], axis=1)


def led(points, strength, held=NONE, *, closed=False):
    edges = np.concatenate([EDGES, [[79, 0]]]) if closed else EDGES
    return led_to_ridges(points, edges, [Chain(NODES, closed)], held, strength, REACH)


@pytest.mark.parametrize("off", [-4, -1, 0, 2.5, 5])
def test_a_line_beside_a_ridge_is_led_onto_it(off):
    assert led(upright(60.5 + off), ridge_at(60.5))[:, 0] == pytest.approx(60.5, abs=0.3)


def test_where_there_is_no_ridge_within_reach_a_line_stays():
    line = upright(40)
    assert np.array_equal(led(line, ridge_at(60.5)), line)
    assert np.array_equal(led(line, np.full((SIZE, SIZE), 9, np.float32)), line)


def test_a_slope_is_no_ridge():
    slope = np.tile(np.arange(SIZE, dtype=np.float32), (SIZE, 1))
    assert np.array_equal(led(upright(40), slope), upright(40))


def test_the_nearer_of_two_equal_ridges_is_taken():
    two = np.maximum(ridge_at(62.5), ridge_at(55.5))
    assert led(upright(60), two)[:, 0] == pytest.approx(62.5, abs=0.3)


def test_points_that_are_held_stay_and_their_neighbours_follow_gently():
    moved = led(upright(64), ridge_at(60.5), held=np.array([0, 79]))
    assert moved[[0, 79], 0] == pytest.approx(64, abs=0.1)
    assert moved[20:60, 0] == pytest.approx(60.5, abs=0.3)
    assert np.abs(np.diff(moved[:, 0])).max() < 1


def test_a_gap_in_a_ridge_is_bridged():
    broken = ridge_at(60.5)
    broken[50:60] = 0
    assert led(upright(63), broken)[:, 0] == pytest.approx(60.5, abs=0.6)


def test_a_closed_line_is_led_on_all_of_its_way():
    turn = 2 * np.pi * NODES / 80
    ring = 60 + 30 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    rows, columns = np.mgrid[0:SIZE, 0:SIZE] + 0.5
    strength = 9 * np.exp(-0.5 * ((np.hypot(rows - 60, columns - 60) - 33) / 2) ** 2).astype(np.float32)
    assert np.hypot(*(led(ring, strength, closed=True) - 60).T) == pytest.approx(33, abs=0.4)


def test_more_points_are_led_than_are_looked_up_at_once():
    lines = 440
    edges = np.concatenate([EDGES + 80 * k for k in range(lines)])
    chains = [Chain(NODES + 80 * k, closed=False) for k in range(lines)]
    led_all = led_to_ridges(np.tile(upright(58), (lines, 1)), edges, chains, NONE, ridge_at(60.5), REACH)
    assert len(led_all) > MOST_ROWS
    assert led_all[:, 0] == pytest.approx(60.5, abs=0.3)
