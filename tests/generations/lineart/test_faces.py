import cv2
import numpy as np
import pytest

from generations.faces import Box
from generations.lineart.faces import (
    drawn_parts,
    inside_of,
    looked_for,
    on_dark_skin,
    person_mask,
    shading_weight,
    wears_glasses,
)
from tests.faces import face_aside, face_at

SHAPE = (200, 200)
FACE = face_at(Box(60, 50, 80, 80))
ASIDE = face_aside(Box(60, 50, 80, 80))
SKIN = np.full(SHAPE, 70, np.float32)


def with_glasses() -> np.ndarray:
    bridge = FACE.points[[168, 6]].mean(axis=0)
    lightness = SKIN.copy()
    cv2.line(lightness, (60, round(bridge[1])), (140, round(bridge[1])), 20.0, 3)
    return lightness


def test_shading_is_damped_inside_the_face_only():
    weight = shading_weight(SHAPE, (FACE,))
    assert weight[104, 100] == pytest.approx(0.2, abs=0.02)
    assert weight[10, 10] == 1


def test_hair_on_the_forehead_keeps_its_edge():
    forehead = FACE.points[10]
    assert shading_weight(SHAPE, (FACE,))[round(forehead[1]) + 3, round(forehead[0])] > 0.8


def test_a_person_is_head_and_body():
    mask = person_mask(SHAPE, FACE)
    assert mask[90, 100] == pytest.approx(1, abs=0.01)
    assert mask[190, 100] > 0.9
    assert mask[20, 10] < 0.01


def test_the_outline_can_be_drawn_in():
    whole, part = inside_of(SHAPE, FACE), inside_of(SHAPE, FACE, (0.5, 0.5, 0.5))
    assert whole[part].all()
    assert part.sum() == pytest.approx(whole.sum() / 4, rel=0.1)


def test_eyes_and_lips_are_drawn_but_cheeks_are_not():
    drawn = drawn_parts(SHAPE, FACE)
    eye, mouth, cheek = FACE.eyes[0].middle, FACE.points[13], FACE.points[50]
    assert [bool(drawn[round(y), round(x)]) for x, y in (eye, mouth, cheek)] == [True, True, False]


def test_lips_from_the_side_are_not_drawn_but_looked_for():
    x, y = ASIDE.points[13].round().astype(int)
    assert not drawn_parts(SHAPE, ASIDE)[y, x]
    assert looked_for(SKIN, (ASIDE,))[y, x]
    assert not looked_for(SKIN, (FACE,)).any()


def test_glasses_are_known_by_what_lies_across_the_nose():
    assert wears_glasses(FACE, with_glasses())
    assert not wears_glasses(FACE, SKIN)


def test_a_shadow_beside_the_nose_is_no_pair_of_glasses():
    soft = np.tile(np.linspace(40, 80, 200, dtype=np.float32), (200, 1))
    assert not wears_glasses(FACE, soft)
    assert not wears_glasses(FACE, np.ascontiguousarray(soft.T))


def test_lines_are_looked_for_around_eyes_with_glasses():
    left = FACE.eyes[0]
    x, y = left.middle + np.array([0, 0.8 * left.width])
    assert looked_for(with_glasses(), (FACE,))[round(y), round(x)]


def test_lines_on_dark_skin_count_as_much_more_as_it_is_darker():
    assert on_dark_skin(np.full(SHAPE, 75, np.float32), FACE) == 1
    assert on_dark_skin(np.full(SHAPE, 40, np.float32), FACE) == pytest.approx(1.5)
    assert on_dark_skin(np.full(SHAPE, 5, np.float32), FACE) == 2
