"""Shadow on a cheek is no region, but hair, eyes and glasses are."""

import numpy as np
import pytest

from generations.faces import Box, Face, Gaze
from generations.lineart.skin import with_whole_skin

FACE = Face(Box(20, 20, 100, 100), ())
SKIN, SHADE, HAIR = (70.0, 18.0, 20.0), (42.0, 10.8, 12.0), (15.0, 4.0, 5.0)
LIT, SHADED, DARK, OUTSIDE = 0, 1, 2, 3


@pytest.fixture
def labels() -> np.ndarray:
    """A face half in shadow, with a dark bar (glasses) across its eyes, in front of something."""
    labels = np.full((140, 140), OUTSIDE, np.int32)
    labels[30:118, 36:70], labels[30:118, 70:104] = LIT, SHADED
    labels[50:58, 36:104] = DARK
    return labels


def coloured(labels: np.ndarray, shade: tuple[float, float, float] = SHADE) -> np.ndarray:
    return np.array([SKIN, shade, HAIR, SKIN], np.float32)[labels]


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


def test_from_the_side_what_is_before_the_nose_is_no_skin_whatever_its_colour():
    labels = np.zeros((140, 140), np.int32)
    labels[20:120, 41:75] = 1
    labels[20:120, 75:110] = 2
    labels[60:95, 30:41] = 3
    wall, skin = (68.0, 18.0, 20.0), (70.0, 18.0, 20.0)
    lab = np.array([wall, skin, skin, wall], np.float32)[labels]
    whole = with_whole_skin(labels, lab, (Face(FACE.box, (), gaze=Gaze.LEFT),))
    assert whole[70, 35] != whole[70, 60]
    assert whole[70, 60] == whole[70, 90]
