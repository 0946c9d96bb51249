from dataclasses import replace

import cv2
import numpy as np

from generations.lineart import Page, Sheet
from generations.lineart.page import Line, Rectangle, Strokes
from generations.lineart.raster import ink
from generations.lineart.specks import speck_fills


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
