import cv2
import numpy as np
import pytest

from generations.lineart.finish.frame import find_frame
from generations.lineart.finish.gaps import close_gaps, find_ends
from generations.lineart.finish.paper import clean, darkness, ink_of
from generations.lineart.finish.trace import outline_width, trace, without_spurs
from generations.lineart.skeleton import skeleton_of


def blank(height: int = 200, width: int = 200) -> np.ndarray:
    return np.zeros((height, width), np.uint8)


def dashes(*runs: tuple[int, int]) -> np.ndarray:
    skeleton = blank()
    for start, end in runs:
        skeleton[100, start:end] = 1
    return skeleton > 0


def test_paper_is_flat_and_lines_are_dark():
    raster = np.full((400, 400, 3), 200, np.uint8)
    raster[:, :] -= np.linspace(0, 60, 400, dtype=np.uint8)[:, None]
    raster[100:104] = 20
    dark = darkness(raster)
    assert dark[101].min() > 0.8
    assert dark[150:].max() < 0.05


def test_weak_ink_counts_only_beside_strong_ink():
    dark = np.zeros((50, 100), np.float32)
    dark[10:13, 10:90] = 0.45
    dark[30:33, 10:90] = 0.45
    dark[30:33, 40:50] = 0.9
    ink = ink_of(dark, 50, 100)
    assert not ink[11].any()
    assert ink[31, 10:90].all()


def test_specks_go_and_pin_holes_close():
    ink = blank() > 0
    ink[50:60, 20:180] = True
    ink[54, 100] = False
    ink[120:123, 120:123] = True
    cleaned = clean(ink, px_per_mm=8)
    assert cleaned.sum() == 10 * 160


def test_two_facing_ends_are_joined():
    assert len(find_ends(close_gaps(dashes((20, 90), (110, 180)), 8)).points) == 2


def test_ends_too_far_apart_stay_open():
    assert len(find_ends(close_gaps(dashes((20, 70), (130, 180)), 8)).points) == 4


def corner(distance: int) -> np.ndarray:
    """A line going right, and one that begins this far ahead of its end and goes down."""
    skeleton = dashes((20, 100))
    skeleton[100 + distance : 180, 100 + distance] = True
    return skeleton


def test_near_ends_of_a_bend_are_joined_and_far_ones_are_not():
    assert len(find_ends(close_gaps(corner(12), 8)).points) == 2
    assert (close_gaps(corner(28), 8) == corner(28)).all()


def broken(skeleton: np.ndarray) -> np.ndarray:
    """The skeleton with four more lines, each with a gap."""
    for row in (30, 60, 140, 170):
        skeleton[row, 10:50] = skeleton[row, 60:100] = True
    return skeleton


def test_far_ends_are_joined_where_lines_are_broken():
    far = (20, 80), (122, 180)
    assert (close_gaps(dashes(*far), 8) == dashes(*far)).all()
    assert close_gaps(broken(dashes(*far)), 8)[100, 20:180].all()


def test_lines_side_by_side_are_not_joined():
    skeleton = dashes((20, 100))
    skeleton[110, 20:100] = True
    assert (close_gaps(skeleton, 8) == skeleton).all()


def test_an_end_reaches_the_line_it_points_at():
    skeleton = dashes((20, 100))
    skeleton[20:180, 110] = True
    closed = close_gaps(skeleton, 8)
    assert closed[100, 20:111].all()


def test_an_end_further_from_a_line_is_meant_but_where_lines_are_broken():
    skeleton = dashes((20, 100))
    skeleton[20:180, 120] = True
    assert (close_gaps(skeleton, 8) == skeleton).all()
    assert close_gaps(broken(skeleton), 8)[100, 20:121].all()


def test_a_spur_goes_and_the_line_stays():
    skeleton = dashes((20, 180))
    skeleton[92:100, 100] = True
    assert (without_spurs(skeleton, 8) == dashes((20, 180))).all()


def test_lines_are_told_apart_by_width():
    ink = blank()
    cv2.line(ink, (20, 50), (180, 50), 1, 9)
    cv2.line(ink, (20, 120), (180, 120), 1, 5)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    skeleton = skeleton_of(ink > 0)
    outline_px = outline_width(skeleton, depth, rim=5)
    assert outline_px == pytest.approx(10, abs=2)
    lines = trace(skeleton, depth, outline_px)
    assert sorted((round(float(line.points[0, 1])), line.fine) for line in lines) == [
        (50, False),
        (120, True),
    ]


@pytest.mark.parametrize(("inset", "found"), [(0, True), (30, True), (150, False)])
def test_a_frame_is_found_when_it_encloses_the_picture(inset, found):
    dark = np.zeros((400, 400), np.float32)
    cv2.rectangle(dark, (inset + 3, inset + 3), (396 - inset, 396 - inset), 1.0, 7)
    crop = find_frame(dark)
    assert (crop is not None) == found
    if crop:
        assert (crop.top, crop.left, crop.half_line) == pytest.approx((inset + 3, inset + 3, 3), abs=1)


def test_a_circle_is_no_frame():
    dark = np.zeros((400, 400), np.float32)
    cv2.circle(dark, (200, 200), 180, 1.0, 7)
    assert find_frame(dark) is None
