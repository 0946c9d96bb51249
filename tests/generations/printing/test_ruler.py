"""The test page is true to the millimetre."""

import re

import numpy as np
import pytest
from django.utils import translation

from generations.printing.ruler import LEFT, LINES_Y, RULER_Y, ruler_pdf
from tests.generations.printing.paper import A4, LETTER, pixels_of, poppler, text_of


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_it_has_the_size_of_the_paper_and_true_rulers(paper: str, size: tuple[float, float]):
    pdf = ruler_pdf(paper)
    told = re.findall(r"Page size: +([\d.]+) x ([\d.]+) pts", poppler("pdfinfo", pdf, "-").decode())[0]
    assert [float(side) / 72 * 25.4 for side in told] == pytest.approx(size, abs=0.01)
    ink = pixels_of(pdf, 254)[:, :, 0] < 128
    columns = np.nonzero(ink[round(RULER_Y * 10)])[0]
    columns = columns[(columns > 150) & (columns < 1400)]
    assert (columns.max() - columns.min()) / 10 == pytest.approx(100, abs=0.3)
    assert len(poppler("pdfimages", pdf, "-list", "-").splitlines()) == 2
    assert "Measure this line: 100 mm" in text_of(pdf)


def test_its_lines_are_those_of_our_pages():
    ink = pixels_of(ruler_pdf("a4"), 508)[:, :, 0] < 128
    thick = ink[round((LINES_Y + 12) * 20) : round((LINES_Y + 24) * 20), round((LEFT + 35) * 20)]
    assert thick.sum() / 20 == pytest.approx(1.5, abs=0.15)


def test_it_is_made_once_for_each_language():
    assert ruler_pdf("a4") is ruler_pdf("a4")
    with translation.override("en-gb"):
        assert text_of(ruler_pdf("a4"))
