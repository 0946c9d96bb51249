import numpy as np
import pytest

from generations.faces import Box, Face, Gaze
from generations.lineart.faces import feature_map, on_dark_skin, person_mask, shading_weight

SHAPE = (200, 200)
FACE = Face(Box(60, 50, 80, 80), ())


def test_shading_is_damped_inside_the_face_only():
    weight = shading_weight(SHAPE, (FACE,))
    assert weight[96, 100] == pytest.approx(0.2, abs=0.01)
    assert weight[10, 10] == 1


def test_a_person_is_head_and_body():
    mask = person_mask(SHAPE, FACE)
    assert mask[90, 100] == pytest.approx(1, abs=0.01)
    assert mask[190, 100] > 0.9
    assert mask[20, 10] < 0.01


def test_features_are_eyes_nose_and_mouth():
    features = feature_map(SHAPE, (FACE,), 1.0)
    mouth, eye, cheek, outside = features[114, 100], features[79, 84], features[105, 73], features[10, 10]
    assert mouth > 0.9
    assert eye > 0.9
    assert cheek == pytest.approx(0.35, abs=0.03)
    assert outside == 0


def test_features_lean_with_the_face():
    leaning = feature_map(SHAPE, (Face(FACE.box, (), tilt=22),), 1.0)
    assert leaning[69, 96] > 0.9  # the eye on the left, higher than on an upright face
    assert leaning[95, 122] > 0.9
    assert leaning[112, 90] > 0.9  # the mouth


def test_from_the_side_features_are_on_one_side_of_the_face():
    aside = feature_map(SHAPE, (Face(FACE.box, (), gaze=Gaze.RIGHT),), 1.0)
    mouth, nose, ear, nape = aside[112, 118], aside[97, 122], aside[98, 78], aside[120, 85]
    assert min(mouth, nose, ear) > 0.9
    assert nape < 0.4


def test_from_the_side_the_outline_of_nose_and_chin_keeps_its_strength():
    nose = 90, 78
    assert shading_weight(SHAPE, (FACE,))[nose] < 0.5
    assert shading_weight(SHAPE, (Face(FACE.box, (), gaze=Gaze.LEFT),))[nose] > 0.8


def test_lines_on_dark_skin_count_as_much_more_as_it_is_darker():
    assert on_dark_skin(np.full(SHAPE, 75, np.float32), FACE) == 1
    assert on_dark_skin(np.full(SHAPE, 40, np.float32), FACE) == pytest.approx(1.5)
    assert on_dark_skin(np.full(SHAPE, 5, np.float32), FACE) == 2
