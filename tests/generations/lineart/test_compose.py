import re
from dataclasses import replace

import cv2
import numpy as np
import pytest

from generations.lineart import (
    Complexity,
    LineThickness,
    Paper,
    Sheet,
    compose_page,
    judge,
    page_to_svg,
    print_raster,
)
from generations.lineart.blobs import Pupil
from generations.lineart.details import Traces
from tests.generations.lineart.pixels import ink_of, line_width_px

ALL = [(complexity, thickness) for complexity in Complexity for thickness in LineThickness]


@pytest.mark.parametrize(("complexity", "thickness"), ALL)
def test_every_setting_passes_the_gate(drawing_of, complexity, thickness):
    drawing = drawing_of(complexity)
    verdict = judge(compose_page(drawing, thickness, Sheet.for_picture(Paper.A4, drawing.aspect)))
    assert verdict.ok, verdict
    assert verdict.numbers["effective_areas"] >= 4


def test_more_complexity_gives_more_fields(drawing_of):
    counts = [len(drawing_of(complexity).colours) for complexity in Complexity]
    assert counts == sorted(counts)
    assert counts[2] > 2 * counts[0]


@pytest.mark.parametrize("thickness", LineThickness)
@pytest.mark.parametrize("paper", Paper)
def test_outlines_measured_on_the_print_are_as_wide_as_chosen(drawing, thickness, paper):
    sheet = Sheet.for_picture(paper, drawing.aspect, header_mm=20)
    black = ink_of(print_raster(compose_page(drawing, thickness, sheet)).png())[800:2600, 600:1900]
    assert line_width_px(black) / 300 * 25.4 == pytest.approx(thickness.width_mm, rel=0.10)


def test_thick_strokes_merge_fields_too_narrow_for_them(drawing_of):
    drawing = drawing_of(Complexity.DETAILED)
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    thin, thick = (compose_page(drawing, t, sheet) for t in (LineThickness.THIN, LineThickness.THICK))
    assert len(thick.strokes[0].lines) < len(thin.strokes[0].lines)


def test_details_are_two_thirds_as_wide_as_outlines(page):
    outline, detail = (strokes.width_mm for strokes in page.strokes)
    assert detail / outline == pytest.approx(2 / 3, abs=0.02)


def test_all_lines_stay_inside_the_frame(page):
    box = page.picture
    points = np.concatenate([line.points for strokes in page.strokes for line in strokes.lines])
    low, high = points.min(axis=0), points.max(axis=0)
    assert (low >= [box.x - 0.3, box.y - 0.3]).all()
    assert (high <= [box.x + box.width + 0.3, box.y + box.height + 0.3]).all()


def test_open_outlines_end_at_another_outline(page):
    outlines = page.strokes[0].lines
    ends = np.concatenate([line.points[[0, -1]] for line in outlines if not line.closed]).round(6)
    unique, counts = np.unique(ends, axis=0, return_counts=True)
    box = page.picture
    rim = (abs(unique - [box.x, box.y]) < 1e-3) | (
        abs(unique - [box.x + box.width, box.y + box.height]) < 1e-3
    )
    assert (rim.any(axis=1) | (counts >= 2)).all()


def test_the_same_drawing_gives_the_same_page(drawing, page):
    again = compose_page(drawing, LineThickness.MEDIUM, page.sheet)
    assert page_to_svg(again) == page_to_svg(page)


def test_another_paper_keeps_the_widths(drawing):
    texts = [
        page_to_svg(compose_page(drawing, LineThickness.MEDIUM, Sheet.for_picture(paper, 1.0)))
        for paper in Paper
    ]
    assert re.findall(r"stroke-width=\S+", texts[0]) == re.findall(r"stroke-width=\S+", texts[1])


def test_the_print_has_no_white_speck(drawing_of):
    drawing = drawing_of(Complexity.DETAILED)
    page = compose_page(drawing, LineThickness.MEDIUM, Sheet.for_picture(Paper.A4, drawing.aspect))
    white = (~ink_of(print_raster(page).png())).view(np.uint8)
    areas = cv2.connectedComponentsWithStats(white, connectivity=4)[2][1:, cv2.CC_STAT_AREA]
    assert areas.min() > 2.0 * (300 / 25.4) ** 2


@pytest.mark.parametrize("thickness", LineThickness)
def test_a_page_knows_the_mean_colour_of_every_field(drawing_of, thickness):
    drawing = drawing_of(Complexity.DETAILED)
    fields = compose_page(drawing, thickness, Sheet.for_picture(Paper.A4, drawing.aspect)).fields
    assert len(fields.colours) == fields.labels.max() + 1
    painted, exact = fields.colours[fields.labels], drawing.colours[drawing.labels]
    assert painted.mean(axis=(0, 1)) == pytest.approx(exact.mean(axis=(0, 1)), abs=1)


@pytest.mark.parametrize("paper", Paper)
def test_a_face_far_away_gets_no_pupils_that_look_like_dirt(drawing, paper):
    far = replace(drawing, spots=(), pupils=(Pupil(300, 200, 1.0), Pupil(312, 200, 1.0)))
    page = compose_page(far, LineThickness.MEDIUM, Sheet.for_picture(paper, far.aspect))
    sides = [np.ptp(fill.points, axis=0) for fill in page.fills[:2]]
    assert min(np.pi / 4 * width * height for width, height in sides) > 2.0


def test_a_small_eye_is_no_speck(drawing):
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    spot = np.stack([200 + 2 * np.cos(angles), 150 + 2 * np.sin(angles)], axis=1)
    small = replace(drawing, spots=(spot, spot * 0.5 + np.array([200, 75])), pupils=())
    page = compose_page(small, LineThickness.MEDIUM, Sheet.for_picture(Paper.A4, small.aspect))
    areas = [cv2.contourArea(fill.points.astype(np.float32)) for fill in page.fills[:2]]
    assert areas == pytest.approx([2.2, 2.2], rel=0.01)


@pytest.mark.parametrize(("length", "lines"), [(2.2, 0), (4.0, 1)])
def test_a_short_line_of_a_face_that_stands_alone_is_not_on_the_page(drawing_of, length, lines):
    drawing = drawing_of(Complexity.DETAILED)
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    (height, width), count = (
        drawing.labels.shape,
        round(length * drawing.width / sheet.place(drawing.aspect).width),
    )
    dash = np.stack([np.arange(count) + width // 2, np.full(count, height // 2)], axis=1).astype(np.int16)
    traces = Traces(dash, np.full(count, 255, np.uint8), np.array([0, count], np.int32), np.ones(1, np.bool_))
    blank = replace(drawing, labels=np.zeros_like(drawing.labels), details=traces)
    assert len(compose_page(blank, LineThickness.MEDIUM, sheet).strokes[-1].lines) == lines
