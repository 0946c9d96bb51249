"""Pages by number: figures inside their areas, crayons near the colours, few enough, the same on every page."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generations.lineart import Page
from generations.lineart.numbers import SETS, NumberedPage, number_page
from generations.lineart.numbers.digits import ADVANCE, EM, HIGH, LOW, MM_PER_PT
from generations.lineart.numbers.numbered import CLEARANCE_MM, SMALLEST_PT
from generations.lineart.raster import ink
from tests.generations.lineart.numbers.pages import SIDE_MM, grid_page, line, page_of

RED, GREEN, BLUE, WHITE, SKIN = (220, 40, 40), (60, 160, 70), (40, 100, 200), (250, 250, 250), (236, 196, 166)
PX_PER_MM = 300 / 25.4


def numbers(numbered: NumberedPage) -> list[int]:
    """Of the areas, from the top left to the bottom right."""
    return numbered.numbers.tolist()


def check_figures(numbered: NumberedPage) -> None:
    """Each figure's box with its clearance is white, in one area, and has that area's number."""
    free = ~ink(numbered.page, 300)
    for figure in numbered.figures:
        em = figure.size_pt * MM_PER_PT / EM
        half_x = em * ADVANCE * len(str(figure.number)) / 2
        half_y = em * (HIGH - LOW) / 2
        edges = [figure.y - half_y, figure.y + half_y, figure.x - half_x, figure.x + half_x]
        top, bottom, left, right = (round(edge * PX_PER_MM) for edge in edges)
        assert free[top:bottom, left:right].all()
        areas = numbered.areas
        row, column = (
            int(at * areas.px_per_mm) - start for at, start in ((figure.y, areas.top), (figure.x, areas.left))
        )
        assert numbered.numbers[areas.labels[row, column] - 1] == figure.number


@pytest.mark.parametrize("size", SETS)
def test_a_page_of_a_photo(page: Page, size: int):
    numbered = number_page(page, size)
    check_figures(numbered)
    assert len(numbered.figures) > 10
    assert 4 <= len(numbered.key) <= min(12, size)
    assert {figure.number for figure in numbered.figures} == {entry.crayon.number for entry in numbered.key}
    assert all(figure.size_pt >= SMALLEST_PT for figure in numbered.figures)


def test_the_same_page_gets_the_same_numbers(page: Page):
    one, two = number_page(page, 24), number_page(page, 24)
    assert (one.figures, one.key) == (two.figures, two.key)
    assert (one.numbers == two.numbers).all()


def test_colours_get_their_crayons():
    assert numbers(number_page(grid_page([[RED, GREEN], [BLUE, SKIN]]), 8)) == [3, 6, 5, 4]


def test_a_colour_has_its_number_on_every_page():
    one = number_page(grid_page([[RED, GREEN, BLUE]]), 12)
    other = number_page(grid_page([[SKIN, BLUE], [RED, WHITE]]), 12)
    assert numbers(one)[0] == numbers(other)[2]
    assert numbers(one)[2] == numbers(other)[1]


def test_white_stays_white_and_has_no_number():
    numbered = number_page(grid_page([[RED] * 3, [RED, WHITE, RED], [RED] * 3]), 12)
    assert numbers(numbered) == [3, 3, 3, 3, 0, 3, 3, 3, 3]
    assert [(entry.crayon.name, entry.areas) for entry in numbered.key] == [("Poppy red", 8)]
    assert len(numbered.figures) == 8
    assert not numbered.filled.any()


def test_a_wide_white_area_would_look_forgotten():
    assert 0 not in numbers(number_page(grid_page([[RED, WHITE]]), 12))


def test_neighbours_of_the_very_same_colour_share_a_number():
    assert numbers(number_page(grid_page([[RED, RED, BLUE]]), 24))[:2] == [3, 3]


def test_neighbours_that_look_different_never_share_a_number():
    greens = [[(20, 80, 40), (150, 220, 150), (20, 80, 40), (150, 220, 150)]]
    found = numbers(number_page(grid_page(greens), 8))
    assert all(one != other for one, other in pairwise(found))
    assert 6 in found


def test_never_more_than_twelve_crayons():
    rainbow = [[(r, g, b) for r in (0, 128, 255)] for g in (0, 128, 255) for b in (0, 128, 255)]
    assert len(number_page(grid_page(rainbow), 24).key) <= 12


def test_a_coloured_picture_goes_before_the_fields():
    picture = np.array([[BLUE, BLUE]], np.uint8)
    assert set(numbers(number_page(grid_page([[RED, GREEN]]), 8, picture))) == {5}


def test_without_colours_there_is_sky_and_grass_and_no_two_neighbours_match():
    thirds = [line((0, at), (SIDE_MM, at)) for at in (30, 60)]
    frame = [line((0, at), (SIDE_MM, at)) for at in (0, SIDE_MM)]
    assert numbers(number_page(page_of(*frame, *thirds), 12))[::2] == [9, 6]
    cells = [line((at, 0), (at, SIDE_MM)) for at in (20, 40, 60)]
    found = number_page(page_of(*thirds, *cells), 8).numbers.reshape(3, 4)
    assert (found[:, 1:] != found[:, :-1]).all()
    assert (found[1:] != found[:-1]).all()


def test_an_area_too_small_for_a_figure_is_coloured_already():
    slit = page_of(line((0, 40), (SIDE_MM, 40)), line((0, 42.2), (SIDE_MM, 42.2)))
    numbered = number_page(slit, 12)
    assert numbered.filled.tolist() == [False, True, False]
    assert len(numbered.figures) >= 2


def test_a_page_that_is_all_ink_has_nothing_to_number():
    black = page_of(*[line((0, at), (SIDE_MM, at)) for at in np.arange(0, 91, 0.5)])
    numbered = number_page(black, 8)
    assert (numbered.areas.count, numbered.figures, numbered.key) == (0, (), ())


ends = st.tuples(st.floats(0, SIDE_MM), st.floats(0, SIDE_MM))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(ends, ends), min_size=1, max_size=12))
def test_figures_never_touch_a_line(lines: list[tuple[tuple[float, float], tuple[float, float]]]):
    check_figures(number_page(page_of(*[line(*each) for each in lines]), 12))


def test_the_clearance_is_worth_its_name():
    numbered = number_page(grid_page([[RED], [GREEN]] * 10), 8)  # strips of 4.5 mm, 3.7 mm between the lines
    figure = numbered.figures[0]
    half_diagonal = math.hypot(ADVANCE, HIGH - LOW) / 2 / EM * figure.size_pt * MM_PER_PT
    assert half_diagonal == pytest.approx(1.85 - CLEARANCE_MM, abs=0.1)
