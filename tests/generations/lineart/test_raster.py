import io
from copy import copy
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from generations.lineart import LineThickness, Page, Paper, Sheet, compose_page, print_raster
from generations.lineart.page import Line, Rectangle, Strokes
from generations.lineart.raster import ink, pen_for, shrunk, webp

SHEET = Sheet(60, 60, 5)


def one_stroke(width_mm, degrees):
    along = 20 * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    line = Line(np.array([30 - along, 30 + along]), closed=False)
    return Page(SHEET, Rectangle(5, 5, 50, 50), (Strokes(width_mm, (line,)),), ())


def area_mm2(page):
    return np.count_nonzero(ink(page, 300)) / (300 / 25.4) ** 2


@pytest.mark.parametrize("width_mm", [0.34, 0.5, 0.612, 0.9, 1.02, 1.5])
def test_strokes_are_as_wide_as_asked(width_mm):
    areas = [area_mm2(one_stroke(width_mm, degrees)) for degrees in range(0, 180, 15)]
    caps = np.pi * width_mm**2 / 4
    assert (np.mean(areas) - caps) / 40 == pytest.approx(width_mm, rel=0.05)


def test_a_wider_pen_never_draws_a_thinner_line():
    levels = [thickness * 1000 + level for thickness, level in map(pen_for, np.arange(0.7, 40, 0.05))]
    assert levels == sorted(levels)


def test_fills_are_black():
    square = Line(np.array([[10.0, 10], [20, 10], [20, 20], [10, 20]]), closed=True, smooth=False)
    page = Page(SHEET, Rectangle(5, 5, 50, 50), (Strokes(0.9, ()),), (square,))
    assert area_mm2(page) == pytest.approx(100, rel=0.02)


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (2480, 3508)), (Paper.LETTER, (2550, 3300))])
def test_the_png_is_the_whole_sheet_in_two_values_at_300_dpi(drawing, paper, size):
    page = compose_page(drawing, LineThickness.MEDIUM, Sheet.for_picture(paper, drawing.aspect))
    image = Image.open(io.BytesIO(print_raster(page).png()))
    assert image.size == size
    assert image.mode == "1"
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert set(np.unique(np.asarray(image.convert("L")))) == {0, 255}


def test_the_png_is_smaller_than_one_that_looks_for_all_that_comes_again(page):
    raster, usual = print_raster(page), io.BytesIO()
    Image.fromarray(~raster.ink).save(usual, "PNG")
    assert len(raster.png()) < 0.95 * len(usual.getvalue())


def test_the_margins_of_the_print_are_white(page):
    black = ink(page, 300)
    margin = int(10 / 25.4 * 300) - 1
    assert not black[:margin].any()
    assert not black[-margin:].any()
    assert not black[:, :margin].any()
    assert not black[:, -margin:].any()


def test_the_preview_is_small_and_has_the_sheets_shape(page):
    data = webp(print_raster(page).grey(1024))
    image = Image.open(io.BytesIO(data))
    assert image.size == (724, 1024)
    assert len(data) < 60_000
    assert np.asarray(image.convert("L"))[0, 0] == 255


def test_ink_is_black_in_the_preview_and_a_smaller_one_is_made_of_it(page):
    raster = print_raster(page)
    preview = raster.grey(max(raster.ink.shape))
    assert np.array_equal(preview == 0, raster.ink)
    assert np.array_equal(preview == 255, ~raster.ink)
    small = shrunk(preview, 400)
    assert small.shape == (400, 283)
    assert small.mean() == pytest.approx(preview.mean(), abs=0.5)


def test_the_preview_is_lossless(page):
    preview = print_raster(page).grey(300)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(webp(preview))).convert("L")), preview)


def test_the_same_strokes_give_the_same_ink_and_others_their_own(page):
    first = ink(page, 100)
    first[:] = True  # what was given away is nobody else's
    again = ink(page, 100)
    assert again.mean() < 0.5
    assert np.array_equal(again, ink(replace(page, strokes=tuple(map(copy, page.strokes))), 100))
    assert not np.array_equal(again, ink(replace(page, strokes=page.strokes[:-1]), 100))
