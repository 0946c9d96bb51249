import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import resvg_py
from PIL import Image

from generations.lineart import Page, Sheet, page_to_svg
from generations.lineart.page import Line, Rectangle, Strokes
from generations.lineart.raster import ink
from generations.lineart.svg import path_data

SVG = "{http://www.w3.org/2000/svg}"


def test_the_document_spans_the_sheet_in_mm(page):
    root = ET.fromstring(page_to_svg(page))
    assert root.attrib == {"width": "210mm", "height": "297mm", "viewBox": "0 0 4200 5940"}
    assert {child.tag for child in root} <= {f"{SVG}rect", f"{SVG}g", f"{SVG}path"}


def test_it_is_pure_black_on_white_strokes_of_two_widths(page):
    text = page_to_svg(page)
    assert set(re.findall(r"#\w+", text)) == {"#000", "#fff"}
    assert re.findall(r'stroke-width="([\d.]+)"', text) == ["18", "12.24"]
    assert len(text) < 100_000


def test_a_straight_line():
    assert path_data((Line(np.array([[1.0, 2], [3, 1]]), closed=False),)) == ("M20 40l40-20",)


def test_a_closed_polygon():
    corners = Line(np.array([[0.0, 0], [1, 0], [1, 1]]), closed=True, smooth=False)
    assert path_data((corners,)) == ("M0 0l20 0 0 20z",)


def test_a_curve_passes_through_its_points():
    (data,) = path_data((Line(np.array([[0.0, 0], [1, 1], [2, 0]]), closed=False),))
    first, second = re.findall(r"-?\d+", data)[2:8], re.findall(r"-?\d+", data)[8:14]
    assert data.startswith("M0 0c")
    assert (first[-2:], second[-2:]) == (["20", "20"], ["20", "-20"])


def test_a_page_without_details_or_fills_has_no_empty_groups():
    box = Line(np.array([[1.0, 1], [9, 1], [9, 9]]), closed=True, smooth=False)
    page = Page(Sheet(10, 10, 1), Rectangle(1, 1, 8, 8), (Strokes(0.9, (box,)), Strokes(0.6, ())), ())
    assert page_to_svg(page).count("<g ") == 1
    assert "<path fill" not in page_to_svg(page)


def test_an_independent_renderer_sees_the_same_page(page):
    png = resvg_py.svg_to_bytes(svg_string=page_to_svg(page), width=1240, height=1754, dpi=150)
    other = np.asarray(Image.open(io.BytesIO(bytes(png))).convert("L")) < 128
    ours = ink(page, 150)[:1754, :1240]
    assert other.mean() == pytest.approx(ours.mean(), rel=0.05)
    assert (other ^ ours).mean() < 0.01
