import numpy as np
import pytest

from generations.lineart import Complexity
from generations.lineart.details import STRENGTH_STEP
from generations.lineart.settings import RECIPES
from generations.lineart.slivers import lost_lines

RECIPE = RECIPES[Complexity.STANDARD]
SIZE = 200
LEG = np.s_[120:180, 96:102]


def bird(leg=LEG):
    """Regions of a bird on a leg before and after cleaning has taken the leg away."""
    after = np.zeros((SIZE, SIZE), np.int32)
    after[40:120, 60:140] = 1
    before = after.copy()
    before[leg] = 1
    return before, after


def lines_of(before, after, *, contrast=40.0, leg=LEG):
    lab = np.full((SIZE, SIZE, 3), 50, np.float32)
    lab[leg] += np.array([contrast, 0, 0], np.float32)
    return lost_lines(before, after, lab, RECIPE, 1.0)


def test_a_leg_that_was_too_thin_to_colour_is_a_line():
    traces = lines_of(*bird())
    assert len(traces) == 1
    assert set(traces.points[:, 0].tolist()) <= {97, 98, 99, 100}
    assert np.ptp(traces.points[:, 1]) > 45
    assert traces.strength[0] * STRENGTH_STEP == pytest.approx(12)


def test_regions_at_half_size_will_do():
    before, after = bird()
    assert len(lines_of(before[::2, ::2].copy(), after)) == 1


def test_a_region_that_was_swallowed_whole_is_a_line_too():
    before, after = bird()
    before[LEG] = 2
    assert len(lines_of(before, after)) == 1


def test_what_does_not_stand_out_is_left_out():
    assert len(lines_of(*bird(), contrast=8)) == 0


def test_the_rim_between_two_things_does_not_stand_out():
    before, after = bird()
    lab_leg = np.s_[120:180, :102]
    assert len(lines_of(before, after, leg=lab_leg)) == 0


@pytest.mark.parametrize("leg", [np.s_[120:132, 96:102], np.s_[120:160, 80:116]], ids=["short", "broad"])
def test_short_and_broad_pieces_are_left_out(leg):
    assert len(lines_of(*bird(leg), leg=leg)) == 0


def test_nothing_lost_gives_no_lines():
    _, after = bird()
    assert len(lines_of(after, after)) == 0
