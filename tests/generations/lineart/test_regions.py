import numpy as np
import pytest

from generations.lineart.regions import Regions, border_costs
from generations.lineart.segment import Borders

PICTURE = 100_000.0


def pair(*, area=20_000.0, lightness=0.0, rough=0.0, importance=1.0):
    """Two regions of this size and difference, and a third that fills the picture."""
    areas = np.array([area, area, PICTURE - 2 * area])
    colour, texture = np.zeros((3, 3)), np.zeros((3, 3))
    colour[1, 0], texture[1, 0] = lightness, rough
    borders = Borders(np.array([0]), np.array([1]), np.array([300.0]), np.array([100.0]))
    return Regions(areas, colour, texture, np.full(3, importance), borders)


def cost(regions, edge=3.0, background=0.5):
    return float(border_costs(regions, 0, np.array([1]), np.array([edge]), background)[0])


def test_a_stronger_edge_costs_more_to_cross():
    assert cost(pair(), edge=6.0) == pytest.approx(2 * cost(pair(), edge=3.0))


@pytest.mark.parametrize("difference", [{"lightness": 20.0}, {"rough": 0.5}])
def test_another_colour_and_another_texture_cost_more(difference):
    assert cost(pair(**difference)) > cost(pair()) + 0.5


def test_another_texture_keeps_regions_apart_without_any_edge():
    assert cost(pair(), edge=0.0) == 0
    assert cost(pair(rough=1.0), edge=0.0) > 2


def test_an_edge_among_edges_counts_for_nothing_and_one_beside_a_smooth_place_for_all():
    both = pair()
    both.texture[:2, 0] = 2.0
    smooth = pair(rough=2.0)
    assert cost(both, edge=0.7) == 0
    assert cost(both, edge=3.0) < 0.8 * cost(pair(), edge=3.0)
    assert cost(smooth, edge=3.0) - cost(smooth, edge=0.0) == pytest.approx(cost(pair(), edge=3.0))


def test_colours_and_textures_can_only_be_so_different():
    assert cost(pair(lightness=90.0)) == cost(pair(lightness=500.0))
    assert cost(pair(rough=1.5)) == cost(pair(rough=9.0))


def test_a_tiny_region_has_hardly_a_texture():
    tiny, large = (cost(pair(area=area, rough=1.0)) / cost(pair(area=area)) for area in (10.0, 20_000.0))
    assert tiny < 1.1 < 1.5 < large


def test_large_and_important_regions_are_kept_apart():
    assert cost(pair(area=20_000)) > cost(pair(area=1_000)) > cost(pair(area=100))
    assert cost(pair(importance=0.0)) == pytest.approx(0.5 * cost(pair(importance=1.0)))


def test_joined_regions_have_the_mean_of_what_they_were():
    joined = pair(area=10_000, lightness=40.0, rough=1.0).joined(np.array([0, 0, 1]))
    assert joined.area.tolist() == [20_000, 80_000]
    assert joined.colour[0].tolist() == [20, 0, 0]
    assert joined.texture[0].tolist() == [0.5, 0, 0]
    assert len(joined.borders.first) == 0
