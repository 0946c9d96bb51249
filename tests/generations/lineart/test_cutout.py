from dataclasses import replace

import numpy as np
import pytest

from generations.lineart import (
    Complexity,
    LineThickness,
    Look,
    Paper,
    Pointer,
    Sheet,
    compose_page,
    draw,
    judge,
    page_to_svg,
)
from generations.lineart.blobs import Pupil
from generations.lineart.cutout import RIM_PX, cut_out
from generations.lineart.details import Traces
from generations.lineart.merge import MergeTree

CELL = 20  # px
MEDIUM = LineThickness.MEDIUM


def traces(*lines):
    """Detail lines through these points, each with a point a pixel."""
    points = np.concatenate([np.array(line, np.int16) for line in lines])
    starts = np.cumsum([0, *map(len, lines)]).astype(np.int32)
    strength = np.arange(len(points), dtype=np.uint8)
    return Traces(points, strength, starts, np.arange(len(lines)) % 2 == 1)


def chequers(drawing, subject=(4, 5)):
    """Nine square regions, numbered row by row, two of which are the subject."""
    labels = np.arange(9, dtype=np.int32).reshape(3, 3).repeat(CELL, axis=0).repeat(CELL, axis=1)
    flags = np.isin(np.arange(9), subject)
    kept, gone = np.array([0, 0, 4, 0, 0, 0, 0, 0]), np.array([1, 2, 5, 3, 4, 6, 7, 8])
    return replace(
        drawing,
        labels=labels,
        colours=np.arange(27, dtype=np.uint8).reshape(9, 3),
        subject=flags,
        merges=MergeTree(kept.astype(np.int32), gone.astype(np.int32), np.arange(8, dtype=np.float32)),
        strength=np.zeros((30, 30), np.uint8),
        details=traces([(x, 30) for x in range(5, 45)], [(30, y) for y in range(2, 12)]),
        spots=(np.array([[30.0, 30], [31, 30], [30, 31]]), np.array([[2.0, 2], [3, 2], [2, 3]])),
        pupils=(Pupil(45, 30, 2), Pupil(5, 5, 2)),
    )


def test_what_is_no_subject_becomes_one_white_region(drawing):
    part = cut_out(chequers(drawing), framed=True)
    assert part.labels.shape == (24, 42)  # the subject reaches the right rim; elsewhere 2 px of room
    assert np.unique(part.labels).tolist() == [0, 1, 2]
    assert (part.labels[2:22, 2:22] == 1).all()
    assert (part.labels[2:22, 22:] == 2).all()
    assert part.colours.tolist() == [[255, 255, 255], [12, 13, 14], [15, 16, 17]]
    assert part.subject.tolist() == [False, True, True]
    assert part.strength.shape == (12, 21)


def test_merges_stay_inside_the_subject(drawing):
    merges = cut_out(chequers(drawing), framed=True).merges
    assert (merges.kept.tolist(), merges.gone.tolist(), merges.cost.tolist()) == ([1], [2], [2])


def test_lines_spots_and_pupils_outside_go(drawing):
    part = cut_out(chequers(drawing), framed=True)
    assert part.details.points.tolist() == [[x - 18, 12] for x in range(20, 45)]
    assert part.details.starts.tolist() == [0, 25]
    assert part.details.feature.tolist() == [False]
    assert [spot[0].tolist() for spot in part.spots] == [[12, 12]]
    assert part.pupils == (Pupil(27, 12, 2),)


def test_a_line_that_leaves_the_subject_and_comes_back_is_two(drawing):
    whole = chequers(drawing, subject=(3, 5))
    part = cut_out(replace(whole, details=traces([(x, 30) for x in range(60)])), framed=True)
    assert part.details.starts.tolist() == [0, 20, 40]


def test_without_a_frame_what_the_photo_cut_off_gets_an_outline(drawing):
    part = cut_out(chequers(drawing), framed=False)
    assert part.labels.shape == (24, 42 + RIM_PX)
    assert (part.labels[:, -RIM_PX:] == 0).all()


@pytest.mark.parametrize("subject", [(), range(9)], ids=["nothing", "everything"])
def test_without_a_subject_all_is_shown(drawing, subject):
    whole = chequers(drawing, subject)
    assert cut_out(whole, framed=True) is whole


@pytest.fixture(scope="module")
def pointed(photo):
    """A portrait whose person was boxed."""
    return draw(photo, Complexity.SIMPLE, subject=Pointer(0.02, 0.02, 0.75, 0.96))


def laid_out(drawing, **look):
    shown = Look(**look)
    return compose_page(drawing, MEDIUM, Sheet.for_picture(Paper.A4, drawing.aspect_as(shown)), shown)


def test_the_silhouette_is_a_little_bolder(pointed):
    bold, outlines, details = laid_out(pointed).strokes
    assert (bold.width_mm, outlines.width_mm) == (pytest.approx(1.25 * 0.9, abs=0.001), 0.9)
    assert len(bold.lines) > 0
    assert page_to_svg(laid_out(pointed)).count("<g ") == 3
    without = replace(pointed, subject=np.zeros_like(pointed.subject))
    assert [strokes.width_mm for strokes in laid_out(without).strokes] == [0.9, details.width_mm]


@pytest.mark.parametrize("frame", [True, False])
def test_a_subject_alone_fills_the_page_and_passes_the_gate(pointed, frame):
    page = laid_out(pointed, background=False, frame=frame)
    points = np.concatenate([line.points for line in page.strokes[0].lines])
    box = page.picture
    assert np.ptp(points[:, 0]) > 0.85 * box.width
    assert np.ptp(points[:, 1]) > 0.85 * box.height
    assert judge(page).ok
    assert page.fields.colours[0].tolist() == [255, 255, 255]


def test_a_subject_alone_without_a_frame_is_closed_all_around(pointed):
    page = laid_out(pointed, background=False, frame=False)
    ends = np.concatenate([line.points[[0, -1]] for line in page.strokes[0].lines if not line.closed])
    _, counts = np.unique(ends.round(6), axis=0, return_counts=True)
    assert (counts >= 2).all()


def test_the_simplest_page_of_a_subject_keeps_its_silhouette(pointed):
    whole, simplest = (laid_out(pointed, background=False, simplify=level) for level in (0, 3))
    outside = [np.mean(page.fields.labels == 0) for page in (whole, simplest)]
    assert outside[1] == pytest.approx(outside[0], abs=0.02)
    assert len(simplest.fields.colours) <= len(whole.fields.colours)


LEAST = [({}, 4, 4), ({"background": False}, 2, 4), ({"frame": False}, 1, 1), ({"simplify": 3}, 4, 4)]


@pytest.mark.parametrize(("look", "of_a_subject", "of_none"), LEAST)
def test_how_many_areas_make_a_page(drawing, pointed, look, of_a_subject, of_none):
    assert laid_out(pointed, **look).least_areas == of_a_subject
    assert laid_out(drawing, **look).least_areas == of_none
