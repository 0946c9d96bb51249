from dataclasses import replace

import numpy as np
import pytest

from generations.lineart import Complexity
from generations.lineart.merge import merge_regions, merge_tree
from generations.lineart.regions import Regions, border_costs
from generations.lineart.segment import Borders
from generations.lineart.settings import RECIPES

RECIPE = replace(RECIPES[Complexity.STANDARD], regions_min=1, least_area=0.0)


def chain(lightness, strengths, area=1000.0, importance=1.0):
    """Regions in a row, each bordering the next over 100 px."""
    count = len(lightness)
    first = np.arange(count - 1)
    borders = Borders(first, first + 1, np.array(strengths, float) * 100, np.full(count - 1, 100.0))
    colour = np.stack([np.array(lightness, float), np.zeros(count), np.zeros(count)], axis=1)
    areas = np.broadcast_to(np.asarray(area, float), (count,)).copy()
    return Regions(areas, colour, np.zeros((count, 3)), np.full(count, importance), borders)


def groups(parents):
    return [int(parent) for parent in np.unique(parents, return_inverse=True)[1]]


def test_weak_borders_go_and_strong_ones_stay():
    parents = merge_regions(chain([50, 52, 90, 91], [0.5, 20, 0.4]), RECIPE)
    first, second, third, fourth = groups(parents)
    assert first == second != third == fourth


def test_no_fewer_than_the_least_number_are_left():
    regions = chain([50] * 8, [1.0] * 7)
    parents = merge_regions(regions, replace(RECIPE, regions_min=3))
    assert len(set(parents.tolist())) == 3


def test_no_more_than_the_greatest_number_are_left():
    regions = chain([0, 90] * 4, [30] * 7)
    parents = merge_regions(regions, replace(RECIPE, regions_max=5))
    assert len(set(parents.tolist())) == 5


def test_a_small_region_joins_the_neighbour_behind_the_weaker_border():
    regions = chain([10, 50, 90], [30, 20], area=[1000, 5, 1000])
    parents = merge_regions(regions, replace(RECIPE, least_area=0.01))
    assert groups(parents)[1] == groups(parents)[2] != groups(parents)[0]


def test_unimportant_places_merge_sooner():
    important, background = (chain([50, 60], [3.5], importance=i) for i in (1.0, 0.0))
    counts = [len(set(merge_regions(regions, RECIPE).tolist())) for regions in (important, background)]
    assert counts == [2, 1]


def test_the_tree_merges_the_cheapest_first():
    tree = merge_tree(chain([50, 52, 90, 91], [0.5, 20, 0.4]), RECIPE)
    assert {tree.kept[0], tree.gone[0]} == {2, 3}
    assert {tree.kept[1], tree.gone[1]} == {0, 1}
    assert tree.cost[2] == pytest.approx(tree.cost.max())


def test_late_merges_cost_what_they_would_cost_at_once():
    regions = chain([50] * 16 + [70] * 16, [0.1] * 15 + [20] + [0.1] * 15)
    halves = regions.joined(np.arange(32) // 16)
    at_once = border_costs(halves, 0, np.array([1]), np.array([20.0]), RECIPE.background)
    assert merge_tree(regions, RECIPE).cost[-1] == pytest.approx(at_once[0], rel=1e-6)


def test_a_single_region_has_an_empty_tree():
    tree = merge_tree(chain([50], []), RECIPE)
    assert len(tree.kept) == len(tree.gone) == len(tree.cost) == 0


def test_a_blank_wall_is_not_cut_up_to_reach_the_least_number():
    regions = chain([50] * 8, [0.0] * 7)
    assert len(set(merge_regions(regions, replace(RECIPE, regions_min=3)).tolist())) == 1
