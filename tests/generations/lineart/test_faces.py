import numpy as np
import pytest

from generations.lineart.colour import fit_to_area
from generations.lineart.faces import Box, Face, feature_map, find_faces, person_mask, shading_weight
from tests.generations.lineart.conftest import read_photo

SHAPE = (200, 200)
FACE = Face(Box(60, 50, 80, 80), ())


def test_the_face_in_the_portrait_is_found_with_its_eyes(photo):
    (face,) = find_faces(photo)
    x, y = face.box.centre
    assert (x, y) == pytest.approx((223, 115), abs=15)
    assert 1 <= len(face.eyes) <= 2
    assert all(face.box.holds(*eye.centre) for eye in face.eyes)


@pytest.mark.parametrize("name", ["motorcycle", "chelsea", "coffee"])
def test_no_face_is_seen_in_things_and_animals(name):
    assert find_faces(read_photo(name)) == ()


def test_what_looks_like_a_face_but_has_no_eye_is_none():
    assert find_faces(fit_to_area(read_photo("motorcycle"), 1_000_000)) == ()


def test_a_tiny_or_flat_picture_has_no_face():
    assert find_faces(np.zeros((33, 40, 3), np.uint8)) == ()


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
