"""Lines are as wide on paper as was asked: measured on the printed page."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from skimage.morphology import skeletonize

from generations.lineart import LineThickness, Paper, Sheet, page_to_svg
from generations.lineart.finish import Lines
from generations.lineart.page import MM_PER_INCH, Line
from generations.lineart.settings import DETAIL_WIDTH_RATIO
from generations.printing import PrintPage, render_pdf
from tests.generations.printing.paper import poppler_crop

DPI = 600
WINDOW_MM = 34.0  # of the page, from its top left corner, that is looked at
MIDDLE = slice(60, -60)  # px of the window's halves: away from where lines are cut off


def wave(x: float) -> Line:
    """An upright wave 8 mm wide, with every direction in it."""
    y = np.linspace(4, 80, 60)
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
