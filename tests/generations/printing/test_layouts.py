"""Every way to print: exact sheets, vectors only, lines as wide as ever, the right words."""

import re
from dataclasses import replace
from functools import cache
from typing import get_args

import numpy as np
import pytest

from generations.lineart import LineThickness, Sheet
from generations.lineart.page import Line, Page, Rectangle
from generations.printing import Printout, render_pdf
from generations.printing.layouts import LAYOUTS, Source
from generations.printing.layouts.geometry import cut, moved, together
from generations.printing.layouts.poster import OVERLAP_MM, tiles, whole_sheet
from generations.printing.layouts.source import inside
from generations.printing.layouts.tracing import TRACING_MM, outlines_of
from generations.printing.wishes import Layout, Wishes
from tests.generations.lineart.numbers.pages import line, page_of
from tests.generations.printing.paper import A4, LETTER, pixels_of, poppler, text_of

SIZES = {"a4": A4, "letter": LETTER}
MM_PER_PT = 25.4 / 72
WORDS = {"title": "Eileen", "child_name": "Mia"}
SHEETS = {"page": 1, "color_by_number": 2, "tracing": 1, "two_up": 1, "poster": 4}


def laid(source: Source, **wishes: object) -> Printout:
    """The sheets; made once, as many tests look at the same."""
    return _laid(source, Wishes(**wishes))


def printed(source: Source, **wishes: object) -> bytes:
    """The same as a PDF."""
    return _printed(source, Wishes(**wishes))


@cache
def _laid(source: Source, wishes: Wishes) -> Printout:
    return LAYOUTS[wishes.layout]([source], wishes)


@cache
def _printed(source: Source, wishes: Wishes) -> bytes:
    printout = _laid(source, wishes)
    return render_pdf(printout.pages, printout.width_mm, printout.height_mm)


def stroke_widths_mm(printout: Printout) -> set[float]:
    """Of all lines of the first sheet but marks and the key."""
    groups = re.findall(r'<g fill="none"[^>]* stroke-width="([\d.]+)"', printout.pages[0].svg)
    return {float(width) / 20 for width in groups}


def ink_at(pdf: bytes, dpi: int = 100) -> np.ndarray:
    return pixels_of(pdf, dpi)[:, :, 0] < 128


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("layout", get_args(Layout))
def test_every_layout_has_exact_sheets_of_vectors(source: Source, layout: Layout, paper: str):
    pdf = printed(source, layout=layout, paper=paper, **WORDS)
    told = poppler("pdfinfo", pdf, "-").decode()
    size = [float(side) * MM_PER_PT for side in re.findall(r"Page size: +([\d.]+) x ([\d.]+) pts", told)[0]]
    assert sorted(size) == pytest.approx(sorted(SIZES[paper]), abs=0.01)
    assert re.findall(r"Pages: +(\d+)", told) == [str(SHEETS[layout])]
    assert len(poppler("pdfimages", pdf, "-list", "-").splitlines()) == 2  # the head of an empty table
    assert "Eileen" in text_of(pdf)
    assert "Mia" in text_of(pdf)


@pytest.mark.parametrize("layout", ["page", "color_by_number", "two_up", "poster"])
def test_lines_are_as_wide_as_ever(source: Source, layout: Layout):
    width = LineThickness.MEDIUM.width_mm
    usual = stroke_widths_mm(laid(source, layout="page", **WORDS))
    assert width in usual
    assert stroke_widths_mm(laid(source, layout=layout, **WORDS)) == usual


def test_the_key_names_the_crayons_of_the_page(source: Source):
    key = laid(source, layout="color_by_number", paper="a4", **WORDS).key
    text = text_of(printed(source, layout="color_by_number", paper="a4", **WORDS))
    assert 4 <= len(key) <= 12
    for entry in key:
        assert re.search(rf"\b{entry.crayon.number}\s+{entry.crayon.name}", text)


def test_the_solution_can_be_left_out(source: Source):
    assert len(laid(source, layout="color_by_number", solution=False).pages) == 1


def test_the_key_stands_below_the_picture_and_above_the_words(source: Source):
    page = laid(source, layout="color_by_number", paper="a4", **WORDS).pages[0]
    dots = [int(y) / 20 for y in re.findall(r'<circle cx="\d+" cy="(\d+)"', page.svg)]
    child = next(note for note in page.notes if note.text == "Mia")
    assert max(dots) + 3 < child.y
    frame = re.search(r'<g fill="none"[^>]*><path d="M\d+ (\d+)l\d+ 0 0 (\d+)', page.svg)
    assert frame
    assert (int(frame[1]) + int(frame[2])) / 20 < min(dots) - 2


def test_a_page_by_number_is_black_and_white_but_for_its_key(source: Source):
    pdf = printed(source, layout="color_by_number", paper="a4", **WORDS)
    picture = pixels_of(pdf, 100)[: round(230 / 25.4 * 100)].astype(int)
    colourful = np.ptp(picture, axis=2) > 40
    assert colourful.mean() < 0.01


def test_tracing_is_bold_outlines_alone(source: Source):
    printout = laid(source, layout="tracing")
    assert stroke_widths_mm(printout) == {TRACING_MM}
    assert "<path fill" not in printout.pages[0].svg
    assert 'stroke="#000"' in printout.pages[0].svg


def test_tracing_may_be_light(source: Source):
    svg = laid(source, layout="tracing", light=True).pages[0].svg
    assert set(re.findall(r'stroke="(#\w+)"', svg)) == {"#aaa"}


def test_tracing_leaves_details_out():
    page = page_of(line((0, 0), (10, 10)), line((0, 5), (10, 5)))
    thin = replace(page, strokes=(*page.strokes, replace(page.strokes[0], width_mm=1.5)))
    assert [len(group.lines) for group in outlines_of(thin).strokes] == [2]


def test_the_halves_lie_beside_a_portrait_and_below_a_landscape(source: Source, wide_source: Source):
    beside, below = laid(source, layout="two_up"), laid(wide_source, layout="two_up")
    assert (beside.width_mm, beside.height_mm) == A4[::-1]
    assert (below.width_mm, below.height_mm) == A4


def test_both_halves_are_the_same_page(source: Source):
    ink = ink_at(printed(source, layout="two_up", paper="a4", **WORDS), 254)
    left, right = ink[:, :1480], ink[:, 1485:2965]
    assert (left != right).mean() < 0.0002  # half a pixel at the rims of lines
    assert left.mean() > 0.01


def test_two_pages_may_share_a_sheet(source: Source, wide_source: Source):
    shared = LAYOUTS["two_up"]([source, wide_source], Wishes(layout="two_up"))
    twice = laid(source, layout="two_up")
    assert (shared.width_mm, shared.height_mm) == (twice.width_mm, twice.height_mm)
    assert shared.pages[0].svg != twice.pages[0].svg


def test_the_sheets_of_a_poster_make_one_picture(source: Source):
    """Each sheet, put where it belongs, shows exactly what its neighbour shows where they overlap."""
    dpi, printout = 50, laid(source, layout="poster", paper="a4", **WORDS)
    area = inside(Sheet(*A4, margin_mm=10))
    px = dpi / 25.4
    sheets = [
        pixels_of(render_pdf([page], *A4), dpi)[
            round(area.y * px) : round((area.y + area.height) * px),
            round(area.x * px) : round((area.x + area.width) * px),
            0,
        ].astype(int)
        for page in printout.pages
    ]
    overlap = round(OVERLAP_MM * px)
    aside = np.abs(sheets[0][:, -overlap + 1 : -1] - sheets[1][:, : overlap - 2])
    below = np.abs(sheets[0][-overlap + 1 : -1] - sheets[2][: overlap - 2])
    assert sheets[1][:, : overlap - 2].min() < 128
    assert min(aside.mean(), below.mean()) < 12
    assert max(aside.mean(), below.mean()) < 20


def test_the_sheets_of_a_poster_have_names(source: Source):
    text = text_of(printed(source, layout="poster", paper="a4", **WORDS))
    assert re.findall(r"Sheet (\w\d)", text) == ["A1", "A2", "B1", "B2"]


def test_a_poster_is_as_large_as_its_sheets_together():
    sheet = Sheet(210, 297, 10)
    windows = [tile.window for tile in tiles(sheet, 3)]
    assert len(windows) == 9
    assert max(window.x + window.width for window in windows) == 3 * 190 - 2 * OVERLAP_MM
    assert max(window.y + window.height for window in windows) == 3 * 277 - 2 * OVERLAP_MM


def test_a_poster_of_nine_is_larger_than_one_of_four(source: Source):
    sheet = Sheet(210, 297, 10)
    four, nine = (whole_sheet(source, Wishes(), sheet, side) for side in (2, 3))
    assert (four.width_mm, nine.width_mm) == (370, 550)
    assert len(laid(source, layout="poster", poster_sheets=9).pages) == 9


def test_nothing_is_printed_in_the_margins_of_a_poster_but_marks(source: Source):
    ink = ink_at(printed(source, layout="poster", poster_sheets=4, child_name="Mia"), 254)
    ink[100:-100, 100:-100] = False
    ink[-100:] = False  # marks and the label
    assert 0 < ink.sum() < 1200


def test_a_part_holds_only_the_lines_near_it():
    page = page_of(line((0, 0), (10, 0)), line((60, 60), (80, 60)), line((0, 30), (90, 30)))
    near = cut(page, Rectangle(0, 0, 40, 40))
    assert [len(group.lines) for group in near.strokes] == [2]


def test_a_curve_that_bulges_into_a_part_is_kept():
    bow = Line(np.array([[0.0, 45.0], [30.0, 42.0], [60.0, 45.0]]), closed=False)
    assert cut(page_of(bow), Rectangle(0, 0, 60, 40)).strokes[0].lines == (bow,)


def test_pages_are_moved_and_put_together():
    one: Page = page_of(line((0, 0), (10, 0)))
    both = together([one, moved(one, 50, 20)], one.sheet)
    assert [group.lines[0].points.tolist() for group in both.strokes] == [
        [[5, 5], [15, 5]],
        [[55, 25], [65, 25]],
    ]
