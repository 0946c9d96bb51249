from dataclasses import replace

import cv2
import numpy as np
import pytest

from generations.lineart import (
    Complexity,
    Drawing,
    LineArtError,
    LineThickness,
    Look,
    Page,
    Paper,
    Sheet,
    compose_page,
    judge,
)
from generations.lineart.finish import dump_lines, find_lines, finish
from generations.lineart.gate import measure
from generations.lineart.look import WHOLE
from generations.lineart.page import Rectangle
from generations.lineart.raster import ink
from tests.generations.lineart.finish.degraded import (
    LOOKS,
    as_jpeg,
    as_raster,
    as_sent,
    as_sheet,
    blurred,
    shaded,
    with_gaps,
)

SHEET = Sheet(120, 120, 10)
DPI, HAIR_PX = 150, 2  # a third of a millimetre
MEDIUM = LineThickness.MEDIUM


@pytest.fixture(scope="module")
def standard(drawing_of) -> Page:
    drawing = drawing_of(Complexity.STANDARD)
    return compose_page(drawing, MEDIUM, Sheet.for_picture(Paper.A4, drawing.aspect))


def within(one: Page, other: Page) -> float:
    """The share of one page's ink that lies on the ink of the other, or a hair beside it."""
    near = np.ones((2 * HAIR_PX + 1,) * 2, np.uint8)
    black, there = ink(one, DPI), cv2.dilate(ink(other, DPI).view(np.uint8), near) > 0
    return float((black & there).sum() / black.sum())


def with_silhouette(drawing: Drawing) -> Drawing:
    """The drawing whose largest region in the middle is the subject."""
    rows, columns = drawing.labels.shape
    inner = drawing.labels[rows // 4 : -rows // 4, columns // 4 : -columns // 4]
    return replace(drawing, subject=np.arange(len(drawing.colours)) == np.bincount(inner.ravel()).argmax())


@pytest.mark.parametrize("look", [WHOLE, Look(frame=False)], ids=["framed", "frameless"])
@pytest.mark.parametrize("thickness", LineThickness)
def test_a_page_of_ours_stays_as_it_is(drawing, thickness, look):
    page = with_silhouette(drawing).compose(thickness, Sheet.for_picture(Paper.A4, drawing.aspect), look)
    assert [round(group.width_mm / thickness.width_mm, 2) for group in page.strokes] == [1.25, 1, 0.68]
    again = find_lines(as_raster(page, 1536)).compose(thickness, page.sheet, look)
    assert min(within(page, again), within(again, page)) > 0.99


def raster(*, grey: int = 255) -> np.ndarray:
    """A ring, a cross through it to the rim, on paper of this grey: 5 px lines, 600 px wide (100 mm on SHEET)."""
    picture = np.full((600, 600, 3), grey, np.uint8)
    cv2.circle(picture, (300, 300), 150, (0, 0, 0), 5)
    cv2.line(picture, (300, 0), (300, 599), (0, 0, 0), 5)
    cv2.line(picture, (0, 300), (599, 300), (0, 0, 0), 5)
    return picture


def numbers_of(picture: np.ndarray, thickness: LineThickness = MEDIUM) -> dict[str, float]:
    return measure(finish(picture, thickness, SHEET))


def test_our_own_print_file_gives_the_same_page(standard):
    before, again = measure(standard), measure(finish(as_sheet(standard), MEDIUM, standard.sheet))
    assert again["areas"] == pytest.approx(before["areas"], rel=0.05)
    assert again["effective_areas"] == pytest.approx(before["effective_areas"], rel=0.03)
    assert again["ink_percent"] == pytest.approx(before["ink_percent"], rel=0.05)


def test_twice_finished_is_finished(standard):
    once = finish(as_raster(standard), MEDIUM, standard.sheet)
    twice = finish(as_sheet(once), MEDIUM, standard.sheet)
    assert measure(twice)["areas"] == pytest.approx(measure(once)["areas"], rel=0.03)


@pytest.mark.parametrize(
    "degrade", [blurred, as_jpeg, shaded, with_gaps], ids=lambda function: function.__name__
)
def test_a_degraded_page_has_its_fields_again(standard, degrade):
    before, after = measure(standard), measure(finish(degrade(as_raster(standard)), MEDIUM, standard.sheet))
    assert after["areas"] == pytest.approx(before["areas"], rel=0.1)
    assert after["effective_areas"] == pytest.approx(before["effective_areas"], rel=0.15)


def drawn_by(look: str, page: Page) -> Page:
    return finish(LOOKS[look](as_raster(page)), MEDIUM, page.sheet)


@pytest.mark.parametrize("look", sorted(LOOKS.keys() - {"shaded with gaps"}))
def test_every_hand_gives_the_same_fields(standard, look):
    verdict = judge(drawn_by(look, standard))
    assert verdict.ok
    assert verdict.numbers["areas"] == pytest.approx(measure(standard)["areas"], rel=0.1)
    assert verdict.numbers["effective_areas"] == pytest.approx(measure(standard)["effective_areas"], rel=0.1)


def test_a_watermark_leaves_no_line(standard):
    marked, plain = drawn_by("watermark", standard), drawn_by("soft and tinted", standard)
    assert measure(marked)["ink_percent"] == pytest.approx(measure(plain)["ink_percent"], rel=0.02)


def test_black_hair_becomes_an_area_to_colour(standard):
    assert len(drawn_by("black hair", standard).fills) <= len(standard.fills) + 1
    assert measure(drawn_by("black hair", standard))["solid_percent"] == 0


def test_all_of_it_at_once_is_a_page_that_passes(standard):
    page = finish(as_sent(standard), MEDIUM, standard.sheet)
    verdict = judge(page)
    assert verdict.ok
    assert verdict.numbers["specks"] == 0
    assert verdict.numbers["areas"] >= 0.85 * measure(standard)["areas"]


def test_lines_to_the_rim_meet_the_frame():
    numbers = numbers_of(raster())
    assert (numbers["areas"], numbers["open_ends"]) == (8, 0)


@pytest.mark.parametrize("thickness", LineThickness)
def test_lines_get_the_asked_width(thickness):
    page = finish(raster(), thickness, SHEET)
    assert page.strokes[0].width_mm == thickness.width_mm
    assert len(page.strokes[0].lines) > 5
    assert page.strokes[1].lines == ()


def test_thin_lines_stay_thinner():
    picture = raster()
    cv2.line(picture, (40, 120), (200, 60), (0, 0, 0), 2, cv2.LINE_AA)
    (detail,) = finish(picture, MEDIUM, SHEET).strokes[1].lines
    assert np.hypot(*(detail.points[-1] - detail.points[0])) == pytest.approx(171 / 6, rel=0.05)


def test_grey_paper_and_faint_lines_leave_nothing():
    picture = raster(grey=225)
    cv2.line(picture, (40, 120), (200, 60), (190,) * 3, 5)
    assert numbers_of(picture) == pytest.approx(numbers_of(raster()), rel=0.02, abs=0.1)


def test_a_pupil_stays_and_a_large_solid_part_is_hollowed():
    picture = raster()
    cv2.circle(picture, (220, 220), 12, (0, 0, 0), -1)
    cv2.circle(picture, (480, 120), 60, (0, 0, 0), -1)
    page = finish(picture, MEDIUM, SHEET)
    assert len(page.fills) == 1
    assert measure(page)["areas"] == 9
    assert measure(page)["solid_percent"] < 1


def test_a_frame_is_not_drawn_twice():
    framed = cv2.copyMakeBorder(raster(), 0, 0, 0, 0, cv2.BORDER_CONSTANT)
    cv2.rectangle(framed, (2, 2), (597, 597), (0, 0, 0), 5)
    framed = cv2.copyMakeBorder(framed, 50, 50, 30, 30, cv2.BORDER_CONSTANT, value=(255,) * 3)
    page = finish(framed, MEDIUM, SHEET)
    assert measure(page)["areas"] == 8
    assert page.picture.width == pytest.approx(page.picture.height, abs=0.2)


def test_no_stroke_leaves_the_picture(standard):
    page = finish(as_sent(standard), LineThickness.THICK, standard.sheet)
    box: Rectangle = page.picture
    points = np.concatenate([line.points for strokes in page.strokes for line in strokes.lines])
    assert points.min(axis=0) == pytest.approx([box.x, box.y], abs=1e-6)
    assert points.max(axis=0) == pytest.approx([box.x + box.width, box.y + box.height], abs=1e-6)


def test_the_number_of_threads_does_not_change_a_single_bit(standard):
    sent, threads = as_sent(standard), cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        one = dump_lines(find_lines(sent))
        cv2.setNumThreads(2)
        two = dump_lines(find_lines(sent))
    finally:
        cv2.setNumThreads(threads)
    assert one == two == dump_lines(find_lines(sent))


@pytest.mark.parametrize("value", [0, 128, 255])
def test_an_empty_raster_is_a_page_that_does_not_pass(value):
    verdict = judge(finish(np.full((300, 200, 3), value, np.uint8), MEDIUM, SHEET))
    assert not verdict.ok


def test_noise_is_finished_in_bounded_time():
    noise = np.random.default_rng(1).integers(0, 255, (400, 400, 3), np.uint8)
    assert not judge(finish(noise, MEDIUM, SHEET)).ok


@pytest.mark.parametrize("shape", [(4, 4, 3), (40, 4000, 3), (50, 50)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(LineArtError):
        finish(np.zeros(shape, np.uint8), MEDIUM, SHEET)
