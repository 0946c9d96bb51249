from dataclasses import replace

import cv2
import numpy as np
import pytest

from generations.lineart import Page, Sheet
from generations.lineart.page import Line, Rectangle, Strokes
from generations.lineart.raster import ink
from generations.lineart.specks import speck_fills, without_stubs


def square(side):
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]]) + 20
    return Line(corners.astype(float), closed=True, smooth=False)


def page_with(line):
    return Page(Sheet(60, 60, 5), Rectangle(5, 5, 50, 50), (Strokes(0.9, (line,)),), ())


def white_areas(page):
    white = ~ink(page, 300)
    return cv2.connectedComponents(white.view(np.uint8), connectivity=4)[0] - 1


def test_a_speck_is_filled_without_a_seam():
    page = page_with(square(2.0))
    assert white_areas(page) == 2
    assert white_areas(replace(page, fills=tuple(speck_fills(page)))) == 1


def test_a_field_large_enough_to_colour_stays():
    assert speck_fills(page_with(square(4.0))) == []


def detailed_page(*dashes, fills=()):
    """A page with an outline along x = 30 mm and these dashes, each from one place (mm) to another."""
    wall = Line(np.array([[30.0, 5.0], [30.0, 55.0]]), closed=False)
    details = tuple(Line(np.array(dash, float), closed=False) for dash in dashes)
    strokes = (Strokes(0.9, (wall,)), Strokes(0.61, details))
    return Page(Sheet(60, 60, 5), Rectangle(5, 5, 50, 50), strokes, fills)


SHORT = ((20, 20), (22, 21))


def test_a_short_dash_that_stands_alone_is_left_out():
    page = detailed_page(SHORT, ((20, 40), (24, 40)))
    left = without_stubs(page).strokes[-1].lines
    assert [line.points[0].tolist() for line in left] == [[20, 40]]


@pytest.mark.parametrize(
    "page",
    [
        detailed_page(((28, 20), (30, 20))),
        detailed_page(SHORT, ((22, 21), (26, 25))),
        detailed_page(SHORT, fills=(square(2.5),)),
        detailed_page(((20, 20), (23, 20))),
    ],
    ids=["at an outline", "at another line", "at a spot", "long enough"],
)
def test_a_short_dash_that_belongs_to_something_stays(page):
    assert without_stubs(page) is page
