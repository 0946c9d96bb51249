from dataclasses import replace

import numpy as np
import pytest

from generations.lineart import Complexity, LineThickness, Look, Paper, Sheet, compose_page, judge
from generations.lineart.look import SIMPLEST
from generations.lineart.merge import MergeTree
from generations.lineart.simplify import LEAST_REGIONS, simplified

LEVELS = range(SIMPLEST + 1)


def small(drawing, count=6):
    """A drawing of `count` equal stripes in greys, which merge from the left to the right."""
    labels = np.repeat(np.arange(count, dtype=np.int32), 10)[None].repeat(40, axis=0)
    greys = np.repeat(np.arange(count, dtype=np.uint8)[:, None] * 10, 3, axis=1)
    kept, gone = np.zeros(count - 1, np.int32), np.arange(1, count, dtype=np.int32)
    merges = MergeTree(kept, gone, np.arange(count - 1, dtype=np.float32))
    return replace(drawing, labels=labels, colours=greys, merges=merges, subject=np.zeros(count, np.bool_))


def test_as_drawn_is_the_drawing_itself(drawing):
    assert simplified(drawing, 0) is drawing


def test_regions_merge_along_the_tree(drawing):
    simple = simplified(small(drawing, 10), 1)
    assert simple.labels[0].tolist() == [0] * 50 + [n for n in range(1, 6) for _ in range(10)]
    assert simple.colours[:, 0].tolist() == [20, 50, 60, 70, 80, 90]
    assert (simple.merges.kept.tolist(), simple.merges.gone.tolist()) == ([0] * 5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize("count", [1, 2, 6, 7, 40])
def test_the_simplest_keeps_a_few_regions(drawing, count):
    left = len(simplified(small(drawing, count), SIMPLEST).colours)
    assert left == min(count, max(LEAST_REGIONS, round(0.2 * count)))


def test_boundaries_only_go(drawing_of):
    drawing = drawing_of(Complexity.STANDARD)
    for level in LEVELS[1:]:
        simple = simplified(drawing, level)
        pairs = np.unique(np.stack([drawing.labels.ravel(), simple.labels.ravel()]), axis=1)
        assert len(pairs[0]) == len(drawing.colours)  # each region lies in one


def test_each_level_has_less_to_colour_and_passes_the_gate(drawing_of):
    drawing = drawing_of(Complexity.DETAILED)
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    pages = [compose_page(drawing, LineThickness.MEDIUM, sheet, Look(simplify=level)) for level in LEVELS]
    verdicts = [judge(page) for page in pages]
    areas = [verdict.numbers["areas"] for verdict in verdicts]
    assert all(verdict.ok for verdict in verdicts)
    assert areas == sorted(areas, reverse=True)
    assert areas[-1] < areas[0] / 2
    ink = [verdict.numbers["ink_percent"] for verdict in verdicts]
    assert ink == sorted(ink, reverse=True)  # of all lines: where a boundary went, a detail may come
    assert len(pages[-1].strokes[-1].lines) < len(pages[0].strokes[-1].lines)


def test_spots_thin_out(drawing):
    spots = tuple(np.zeros((3, 2)) for _ in range(5))
    assert len(simplified(replace(small(drawing, 10), spots=spots), 1).spots) == 3


def test_the_subject_never_joins_its_background(drawing):
    stripes = small(drawing, 40)  # which merge from the left to the right
    half = simplified(replace(stripes, subject=np.arange(40) < 20), SIMPLEST)
    assert len(half.colours) == 21
    assert half.subject.tolist() == [True] + [False] * 20
