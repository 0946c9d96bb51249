"""Pages by number as SVG: self-contained, figures as outlines, paint under the lines."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import resvg_py
from PIL import Image

from generations.lineart import Page, page_to_svg
from generations.lineart.arrays import Bytes
from generations.lineart.numbers import CRAYONS, number_page, numbered_svg, solution_svg
from tests.generations.lineart.numbers.pages import grid_page

RED, BLUE = (220, 40, 40), (40, 100, 200)
NAME = "{http://www.w3.org/2000/svg}"


def pixels(svg: str) -> Bytes:
    """At 10 px to a mm."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=1000, height=1000, dpi=254)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGB"))


@pytest.fixture(scope="module")
def halves() -> Page:
    """A red half and a blue half."""
    return grid_page([[RED, BLUE]])


def test_figures_are_outlines(halves: Page):
    root = ET.fromstring(numbered_svg(number_page(halves, 8)))
    shapes = {shape.get("id") for shape in root.iter(f"{NAME}path") if shape.get("id")}
    assert {use.get("href") for use in root.iter(f"{NAME}use")} == {"#figure3", "#figure5"}
    assert {"figure3", "figure5"} <= shapes
    assert not list(root.iter(f"{NAME}text"))


def test_figures_are_grey_and_the_rest_is_the_page(halves: Page):
    numbered = number_page(halves, 8)
    with_figures, plain = pixels(numbered_svg(numbered)), pixels(page_to_svg(halves))
    rows, columns = np.nonzero((with_figures != plain).any(axis=2))
    assert with_figures[rows, columns].min() >= 0x77
    middles = {(round(figure.y * 10), round(figure.x * 10)) for figure in numbered.figures}
    assert all(np.hypot(rows - y, columns - x).min() < 15 for y, x in middles)


def test_the_solution_paints_every_area_up_to_its_lines(halves: Page):
    painted = pixels(solution_svg(number_page(halves, 8)))
    inside = painted[100:900, 100:900].reshape(-1, 3)
    light = inside[inside.max(axis=1) > 140]
    wanted = [np.abs(light.astype(int) - CRAYONS[number - 1].rgb).max(axis=1) for number in (3, 5)]
    assert (np.min(wanted, axis=0) < 6).mean() > 0.99
    assert (inside.min(axis=1) < 250).all()


def test_an_area_keeps_its_holes():
    ring = grid_page([[RED, RED, RED], [RED, BLUE, RED], [RED, RED, RED]])
    painted = pixels(solution_svg(number_page(ring, 8)))
    assert tuple(painted[500, 500]) == CRAYONS[4].rgb
    assert tuple(painted[200, 200]) == CRAYONS[2].rgb
