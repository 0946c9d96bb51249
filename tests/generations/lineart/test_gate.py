from dataclasses import replace

import numpy as np
import pytest

from generations.lineart import Page, Sheet, judge
from generations.lineart.gate import PROBLEMS, measure
from generations.lineart.page import Line, Rectangle, Strokes

SHEET = Sheet(120, 120, 10)
BOX = Rectangle(10, 10, 100, 100)


def rectangle(x, y, width, height):
    corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
    return Line(np.array(corners, float), closed=True, smooth=False)


def page_with(*lines, fills=()):
    return Page(SHEET, BOX, (Strokes(0.9, (rectangle(10, 10, 100, 100), *lines)),), tuple(fills))


def row(*points):
    return Line(np.array(points, float), closed=False, smooth=False)


CROSS = (row((60, 10), (60, 110)), row((10, 60), (110, 60)))


def test_four_equal_fields():
    numbers = measure(page_with(*CROSS))
    assert numbers["areas"] == 4
    assert numbers["effective_areas"] == pytest.approx(4, abs=0.01)
    assert numbers["largest_percent"] == pytest.approx(25, abs=0.5)
    assert numbers["smallest_mm2"] == pytest.approx(49.1**2, rel=0.01)
    assert numbers["ink_percent"] == pytest.approx(100 * 2 * 0.9 / 100, rel=0.1)
    assert (numbers["open_ends"], numbers["specks"], numbers["solid_percent"]) == (0, 0, 0)


def test_a_page_of_closed_fields_passes():
    verdict = judge(page_with(*CROSS))
    assert (verdict.ok, verdict.problem) == (True, "")


def test_lines_that_stop_short_are_open_ends():
    loose = [row((20, 20 + 5 * k), (40, 20 + 5 * k)) for k in range(6)]
    assert measure(page_with(*loose))["open_ends"] == 12


def test_a_field_narrower_than_a_crayon_is_not_counted():
    slit = (*CROSS, row((62.5, 10), (62.5, 110)))
    assert measure(page_with(*slit))["areas"] == 4


def many(count, size, step):
    places = [(12 + step * (k % 48), 12 + step * (k // 48)) for k in range(count)]
    return [rectangle(x, y, size, size) for x, y in places]


BAD_PAGES = {
    "blank": page_with(),
    "too_thin": replace(page_with(*CROSS), strokes=(Strokes(0.15, (rectangle(10, 10, 100, 100), *CROSS)),)),
    "solid_black": page_with(*CROSS, fills=[rectangle(20, 20, 30, 30)]),
    "too_dense": page_with(*(row((10, y), (110, y)) for y in np.arange(12, 110, 2.5))),
    "noisy": page_with(
        *CROSS, *(row((x, y), (x + 1.2, y)) for x in range(13, 105, 5) for y in range(13, 105, 4))
    ),
    "open": page_with(row((20, 60), (100, 60)), row((60, 20), (60, 100))),
}


@pytest.mark.parametrize("problem", BAD_PAGES)
def test_each_problem_is_named(problem):
    verdict = judge(BAD_PAGES[problem])
    assert (verdict.ok, verdict.problem) == (False, problem)


def test_every_problem_has_a_test():
    assert {code for code, _ in PROBLEMS} == set(BAD_PAGES)


def test_specks_between_strokes_are_counted():
    assert measure(page_with(*CROSS, *many(20, 1.6, 4.0)))["specks"] == 20


def test_a_page_without_white_has_no_areas():
    black = replace(page_with(), fills=(rectangle(5, 5, 110, 110),))
    assert measure(black)["areas"] == 0
    assert judge(black).problem == "solid_black"


ALSO_BAD = {
    "two halves": ("open", page_with(row((60, 10), (60, 110)))),
    "a few small fields in a white page": (
        "open",
        page_with(*(rectangle(15 + 9 * k, 15, 6, 6) for k in range(5))),
    ),
    "hundreds of specks": ("noisy", page_with(*CROSS, *many(350, 1.4, 2.0))),
}


@pytest.mark.parametrize(("problem", "page"), ALSO_BAD.values(), ids=ALSO_BAD)
def test_other_ways_to_be_unfit(problem, page):
    assert judge(page).problem == problem


def test_without_a_frame_only_closed_areas_count():
    rings = [rectangle(20 + 40 * k, 20 + 40 * j, 25, 25) for k in range(2) for j in range(2)]
    page = page_with(*CROSS, *rings)
    loose = replace(page, strokes=(Strokes(0.9, page.strokes[0].lines[1:]),), framed=False)
    assert measure(page)["areas"] == 8
    assert measure(loose)["areas"] == 4
    assert judge(loose).ok
    assert judge(replace(loose, strokes=(Strokes(0.9, CROSS),))).problem == "open"


def test_a_subject_alone_may_be_a_few_areas():
    halves = page_with(row((60, 10), (60, 110)))
    assert judge(halves).problem == "open"
    assert judge(replace(halves, least_areas=2)).ok
