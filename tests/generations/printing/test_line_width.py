"""Lines are as wide on paper as was asked: measured on the printed page."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from skimage.morphology import skeletonize

from generations.lineart import LineThickness, Paper, Sheet, page_to_svg
from generations.lineart.compose import strokes_of
from generations.lineart.finish import Lines
from generations.lineart.page import MM_PER_INCH, Line
from generations.lineart.settings import DETAIL_WIDTH_RATIO, SILHOUETTE_WIDTH_RATIO
from generations.printing import PrintPage, render_pdf
from generations.printing.layouts import LAYOUTS, Source
from generations.printing.layouts.tracing import TRACING_MM
from generations.printing.wishes import Layout, Wishes
from tests.generations.printing.paper import poppler_crop

DPI = 600
WINDOW_MM = 34.0  # of the page, from its top left corner, that is looked at
MIDDLE = slice(60, -60)  # px of the window's halves: away from where lines are cut off


def wave(x: float) -> Line:
    """An upright wave 8 mm wide, with every direction in it."""
    y = np.linspace(4, 200, 150)
    return Line(np.stack([x + 4 * np.sin(y / 3), y], axis=1), closed=False)


LINES = Lines(190, 277, outlines=(wave(9),), details=(wave(20),), solids=())


def width_mm(black: NDArray[np.bool_]) -> float:
    """The usual width of the lines: twice the distance from their middle to the white."""
    middle = skeletonize(black)[MIDDLE, :]
    return float(np.median(2 * distance_transform_edt(black)[MIDDLE, :][middle] - 1)) / DPI * MM_PER_INCH


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("thickness", LineThickness)
def test_lines_have_the_asked_width_on_paper(thickness: LineThickness, paper: Paper):
    sheet = Sheet.for_picture(paper, LINES.aspect)
    page = LINES.compose(thickness, sheet)
    pdf = render_pdf([PrintPage(page_to_svg(page))], sheet.width_mm, sheet.height_mm)
    box = page.picture
    black = poppler_crop(pdf, DPI, box.x + 2, box.y + 2, WINDOW_MM) < 128
    between = round((14.5 * box.width / 190 - 2) / MM_PER_INCH * DPI)
    assert width_mm(black[:, :between]) == pytest.approx(thickness.width_mm, rel=0.1)
    assert width_mm(black[:, between:]) == pytest.approx(thickness.width_mm * DETAIL_WIDTH_RATIO, rel=0.1)


def test_silhouettes_are_a_quarter_wider_on_paper():
    sheet = Sheet.for_picture(Paper.A4, LINES.aspect)
    page = LINES.compose(LineThickness.MEDIUM, sheet)
    width_asked = LineThickness.MEDIUM.width_mm
    bold = replace(page, strokes=strokes_of(width_asked, list(page.strokes[0].lines[1:]), [], []))
    pdf = render_pdf([PrintPage(page_to_svg(bold))], sheet.width_mm, sheet.height_mm)
    black = poppler_crop(pdf, DPI, page.picture.x + 2, page.picture.y + 2, WINDOW_MM) < 128
    assert width_mm(black) == pytest.approx(width_asked * SILHOUETTE_WIDTH_RATIO, rel=0.1)


@pytest.mark.parametrize(
    ("layout", "asked_mm"),
    [("color_by_number", 0.9), ("two_up", 0.9), ("poster", 0.9), ("tracing", TRACING_MM)],
)
def test_every_layout_prints_lines_as_wide_as_asked(layout: Layout, asked_mm: float):
    waves = tuple(wave(x) for x in range(20, 180, 20))
    lines = Lines(190, 277, outlines=waves, details=(), solids=())
    params = {"paper": "a4", "line_thickness": "medium", "frame": False}
    printout = LAYOUTS[layout]([Source(lines, params, "")], Wishes(layout=layout))
    pdf = render_pdf(printout.pages[:1], printout.width_mm, printout.height_mm)
    black = poppler_crop(pdf, DPI, 60, 40, WINDOW_MM) < 100  # but for the figures, which are grey
    assert black.any()
    assert width_mm(black) == pytest.approx(asked_mm, rel=0.1)
