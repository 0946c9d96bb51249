"""Shadow on a cheek is no region, but hair, eyes and glasses are."""

import numpy as np
import pytest

from generations.faces import Box
from generations.lineart.skin import with_whole_skin
from tests.faces import face_at

FACE = face_at(Box(20, 20, 100, 100))
SKIN, SHADE, HAIR, LIPS = (70.0, 18.0, 20.0), (42.0, 10.8, 12.0), (15.0, 4.0, 5.0), (45.0, 40.0, 5.0)
LIT, SHADED, DARK, OUTSIDE = 0, 1, 2, 3


@pytest.fixture
def labels() -> np.ndarray:
    """A face half in shadow, with a dark bar (glasses) across its eyes, in front of something."""
    labels = np.full((140, 140), OUTSIDE, np.int32)
    labels[30:118, 36:70], labels[30:118, 70:104] = LIT, SHADED
    labels[44:68, 36:104] = DARK
    return labels


def coloured(labels: np.ndarray, shade: tuple[float, float, float] = SHADE) -> np.ndarray:
    return np.array([SKIN, shade, HAIR, SKIN, LIPS], np.float32)[labels]


def test_the_lit_and_the_shaded_cheek_become_one(labels: np.ndarray):
    whole = with_whole_skin(labels, coloured(labels), (FACE,))
    assert whole[90, 45] == whole[90, 95]
    assert whole[90, 45] != whole[54, 70]


def test_what_the_dark_parts_is_two(labels: np.ndarray):
    whole = with_whole_skin(labels, coloured(labels), (FACE,))
    assert whole[40, 70] != whole[90, 70]


def test_what_is_outside_the_face_stays_apart_whatever_its_colour(labels: np.ndarray):
    whole = with_whole_skin(labels, coloured(labels), (FACE,))
    assert whole[5, 5] != whole[90, 45]


def test_another_colour_is_no_shadow(labels: np.ndarray):
    whole = with_whole_skin(labels, coloured(labels, (42.0, -20.0, 30.0)), (FACE,))
    assert whole[90, 45] != whole[90, 95]


def test_without_a_face_nothing_changes(labels: np.ndarray):
    assert with_whole_skin(labels, coloured(labels), ()) is labels


def test_eyes_brows_and_lips_are_no_regions_for_they_are_drawn_as_lines(labels: np.ndarray):
    x, y = FACE.points[13].astype(int)
    labels[y - 4 : y + 5, x - 10 : x + 11] = OUTSIDE + 1
    whole = with_whole_skin(labels, coloured(labels), (FACE,))
    assert whole[y, x] == whole[y, x - 20]


def test_fair_hair_on_the_forehead_is_no_skin(labels: np.ndarray):
    top, middle = FACE.points[10].round().astype(int)[::-1]
    labels[top + 3 : top + 11, middle - 9 : middle + 10] = OUTSIDE + 2
    fair = np.array([SKIN, SHADE, HAIR, SKIN, LIPS, SKIN], np.float32)[labels]
    whole = with_whole_skin(labels, fair, (FACE,))
    assert whole[top + 6, middle] != whole[40, 50]
    assert whole[40, 90] == whole[40, 50]
