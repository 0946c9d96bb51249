import cv2
import numpy as np
import pytest

from generations.faces import Box
from generations.lineart import Complexity
from generations.lineart.details import STRENGTH_STEP, Figures, find_details, score_of
from generations.lineart.flow import Flow
from generations.lineart.heads import Head
from generations.lineart.settings import RECIPES
from tests.faces import face_aside
from tests.generations.lineart.eye_scenes import scene_of

SIZE = 240
RECIPE = RECIPES[Complexity.STANDARD]


def sheet_with(*rows, columns=slice(60, 180), depth=40):
    lightness = np.full((SIZE, SIZE), 70, np.float32)
    for row in rows:
        lightness[row : row + 3, columns] -= depth
    return lightness


def details_of(lightness, labels=None, importance=1.0, faces=(), heads=(), taken=None):
    flow = Flow(np.ones((SIZE, SIZE), np.float32), np.zeros((SIZE, SIZE), np.float32))
    labels = np.zeros((SIZE, SIZE), np.int32) if labels is None else labels
    scene = scene_of(lightness, importance)
    return find_details(scene, flow, labels, RECIPE, Figures(faces, heads, taken))


def test_a_dark_line_is_found_where_it_is():
    traces = details_of(sheet_with(100))
    assert len(traces) == 1
    assert set(traces.points[:, 1].tolist()) <= {100, 101, 102}
    assert np.ptp(traces.points[:, 0]) > 110


def test_strengths_are_stored_in_tenths_of_lightness():
    traces = details_of(sheet_with(100))
    assert 3 < traces.strength.max() * STRENGTH_STEP < 40


def test_short_and_faint_lines_are_left_out():
    assert len(details_of(sheet_with(100, columns=slice(100, 120)))) == 0
    assert len(details_of(sheet_with(100, depth=1))) == 0


def test_lines_that_repeat_a_boundary_are_left_out():
    labels = np.zeros((SIZE, SIZE), np.int32)
    labels[104:] = 1
    assert len(details_of(sheet_with(100, 180), labels)) == 1


def test_nothing_is_drawn_at_the_rim():
    traces = details_of(sheet_with(1, 237, columns=slice(0, SIZE)))
    assert len(traces) == 0


def test_the_background_needs_stronger_lines():
    counts = [len(details_of(sheet_with(100, depth=14), importance=i)) for i in (1.0, 0.0)]
    assert counts == [1, 0]


FACE = face_aside(Box(60, 50, 120, 120))
MOUTH = int(FACE.points[13, 1])


def on_the_mouth(face=FACE):
    middle = int(face.points[13, 0])
    return slice(middle - 12, middle + 12)


def test_a_mouth_seen_from_the_side_is_drawn_though_it_is_short():
    mouth = sheet_with(MOUTH, columns=on_the_mouth())
    assert len(details_of(mouth)) == 0
    assert details_of(mouth, faces=(FACE,)).feature.tolist() == [True]


def test_where_a_face_has_lines_of_its_own_no_others_are_found():
    taken = np.zeros((SIZE, SIZE), np.bool_)
    taken[90:110, 100:140] = True
    traces = details_of(sheet_with(100), taken=taken)
    assert len(traces) == 2
    assert not taken[traces.points[:, 1], traces.points[:, 0]].any()


def test_lines_on_skin_are_damped():
    wrinkle = sheet_with(int(FACE.points[151, 1]), columns=slice(85, 150), depth=14)
    assert len(details_of(wrinkle)) == 1
    assert len(details_of(wrinkle, faces=(FACE,))) == 0


def test_a_feature_scores_six_times_as_much():
    path, strength = np.array([[0, 0], [10, 0]]), np.array([50, 50], np.uint8)
    plain = score_of(path, strength, 1.0, feature=False)
    assert plain == pytest.approx(10 * 5)
    assert score_of(path, strength, 1.0, feature=True) == pytest.approx(6 * plain)


def test_the_mouth_of_a_close_face_is_found_though_it_is_wide_and_soft():
    close, small = face_aside(Box(-200, -400, 600, 600)), face_aside(Box(50, 0, 100, 100))
    found = []
    for face in (close, small):
        x, y = face.points[13].astype(int)
        lightness = np.full((SIZE, SIZE), 70, np.float32)
        lightness[y - 4 : y + 5, x - 50 : x + 50] -= 14
        soft = np.asarray(cv2.GaussianBlur(lightness, (0, 0), 4), np.float32)
        found.append(sum(details_of(soft, faces=(face,)).feature))
    assert found == [1, 0]


def test_a_mouth_that_is_too_faint_on_light_skin_is_found_on_dark():
    light = np.full((SIZE, SIZE), 70, np.float32)
    light[MOUTH : MOUTH + 3, on_the_mouth()] -= 6
    soft = np.asarray(cv2.GaussianBlur(light, (0, 0), 1), np.float32)
    assert [len(details_of(skin, faces=(FACE,))) for skin in (soft, soft - 40)] == [0, 1]


def test_a_nose_needs_no_long_line():
    nose = sheet_with(150, columns=slice(110, 126))
    assert len(details_of(nose)) == 0
    assert details_of(nose, heads=(Head((90, 100), (150, 100)),)).feature.tolist() == [True]
