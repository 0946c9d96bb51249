"""What is drawn of a face: eyes, brows, nose and mouth, as far as they are seen."""

from dataclasses import replace

import numpy as np
import pytest

from generations.faces import Box, Face
from generations.faces.face import LEFT_EYE, RIGHT_EYE
from generations.lineart.face_strokes import LOWER_TEETH, UPPER_TEETH
from generations.lineart.portrait import Portrait, portrait_of
from tests.faces import face_aside, face_at

SHAPE = (600, 600)
FACE = face_at(Box(150, 150, 300, 300))
SKIN = np.full(SHAPE, 70, np.float32)


def portrait(*faces: Face, lightness: np.ndarray = SKIN) -> Portrait:
    return portrait_of(faces, lightness, 1.0)


def passes(drawn: Portrait, place: np.ndarray, within: float = 3.0) -> bool:
    """Whether a line passes so near to this place, in px."""
    return bool(np.hypot(*(drawn.lines.points - place).T).min() < within)


def with_points(numbers: tuple[int, ...], points: np.ndarray) -> Face:
    moved = FACE.points.copy()
    moved[list(numbers)] = points
    return replace(FACE, points=moved)


def test_lids_lips_and_nose_are_drawn_and_cheeks_are_empty():
    drawn = portrait(FACE)
    for number in (159, 386, 145, 374, 13, 0, 17, 2, 105, 334):
        assert passes(drawn, FACE.points[number], 8)
    for number in (50, 280, 151):
        assert not passes(drawn, FACE.points[number], 12)
    assert drawn.lines.feature.all()


def test_pupils_are_where_the_irises_are():
    left, right = portrait(FACE).pupils
    assert (left.x, left.y) == pytest.approx(tuple(FACE.irises[0, :2]))
    assert (right.x, right.y) == pytest.approx(tuple(FACE.irises[1, :2]))
    assert left.radius < FACE.irises[0, 2]


def test_nothing_else_is_drawn_where_the_face_has_its_lines():
    taken = portrait(FACE).taken
    assert all(taken[tuple(FACE.points[number].round().astype(int)[::-1])] for number in (159, 13, 2))
    assert not taken[tuple(FACE.points[50].round().astype(int)[::-1])]


def lines_in(drawn: Portrait, places: np.ndarray) -> int:
    """How many lines run within the box around these places."""
    low, high = places.min(axis=0) - 2, places.max(axis=0) + 2
    lines = np.split(drawn.lines.points, drawn.lines.starts[1:-1])
    return sum(bool(((line > low) & (line < high)).all(axis=1).any()) for line in lines)


def test_a_closed_eye_is_one_line_without_a_pupil():
    lids = FACE.points[list(LEFT_EYE)].copy()
    lids[9:] = lids[1:8] - [0, 1]
    drawn = portrait(with_points(LEFT_EYE, lids))
    assert len(drawn.pupils) == 1
    assert lines_in(drawn, lids) == 1


LARGE, SMALL = face_at(Box(-300, -300, 1200, 1200)), face_at(Box(150, 150, 160, 160))


def reach_of(face: Face, middle: int, corners: tuple[int, int]) -> float:
    """How much of the way between its corners the line through this point of the mesh runs."""
    drawn = portrait_of((face,), np.full((900, 900), 70, np.float32), 1.0)
    lines = np.split(drawn.lines.points, drawn.lines.starts[1:-1])
    line = min(lines, key=lambda line: np.hypot(*(line - face.points[middle]).T).min())
    one, other = (face.points[corner, 0] for corner in corners)
    return float(np.ptp(line[:, 0]) / abs(one - other))


def test_only_large_eyes_have_whole_lower_lids():
    assert reach_of(LARGE, 145, (33, 133)) > 0.9
    assert reach_of(SMALL, 145, (33, 133)) < 0.8


def test_only_large_lips_are_drawn_from_corner_to_corner():
    assert reach_of(LARGE, 17, (61, 291)) > 0.95
    assert reach_of(SMALL, 17, (61, 291)) < 0.85


def test_only_large_eyes_have_an_iris_around_the_pupil():
    of_large, of_small = (
        portrait_of((face,), np.full((900, 900), 70, np.float32), 1.0) for face in (LARGE, SMALL)
    )
    assert lines_in(of_large, LARGE.points[list(LEFT_EYE)]) > 2
    assert lines_in(of_small, SMALL.points[list(LEFT_EYE)]) == 2
    assert of_small.pupils[0].radius / SMALL.irises[0, 2] > of_large.pupils[0].radius / LARGE.irises[0, 2]


def test_a_closed_mouth_is_one_line_between_the_lips():
    lower = FACE.points[list(UPPER_TEETH)] + [0, 1]
    closed = portrait(with_points(LOWER_TEETH[1:-1], lower[1:-1]))
    assert len(closed.lines) == len(portrait(FACE).lines) - 1


def test_behind_dark_glasses_there_are_no_eyes():
    lightness = SKIN.copy()
    top, bottom = (round(FACE.points[list(LEFT_EYE), 1].mean() + off) for off in (-45, 45))
    lightness[top:bottom] = 12
    drawn = portrait(FACE, lightness=lightness)
    assert drawn.pupils == ()
    assert not passes(drawn, FACE.points[145])


def test_eyes_in_dark_skin_are_drawn():
    assert len(portrait(FACE, lightness=np.full(SHAPE, 20, np.float32)).pupils) == 2


def test_from_the_side_only_one_eye_is_drawn_and_no_mouth():
    aside = face_aside(Box(150, 150, 300, 300))
    drawn = portrait(aside)
    (pupil,) = drawn.pupils
    assert (pupil.x, pupil.y) == pytest.approx(tuple(aside.irises[1, :2]))
    assert not passes(drawn, aside.points[17], 10)
    assert passes(drawn, aside.points[list(RIGHT_EYE)].mean(axis=0), 20)


def test_a_nose_that_hides_a_cheek_has_its_ridge():
    assert not passes(portrait(FACE), FACE.points[197])
    assert passes(portrait(face_aside(Box(150, 150, 300, 300))), FACE.points[50]) is False
    turned = FACE.points.copy()
    turned[234] = turned[6] - [12, 0]
    assert passes(portrait(replace(FACE, points=turned)), FACE.points[197])


def test_a_tiny_face_is_left_to_its_regions():
    tiny = face_at(Box(10, 10, 20, 20))
    drawn = portrait(tiny)
    assert (len(drawn.lines), len(drawn.pupils), drawn.taken.sum()) == (0, 0, 0)


def test_a_face_cut_off_by_the_rim_stays_in_the_picture():
    points = portrait(face_at(Box(-120, -150, 300, 300))).lines.points
    assert points.min() >= 0


def test_without_faces_nothing_is_drawn():
    drawn = portrait()
    assert (len(drawn.lines), len(drawn.pupils), drawn.taken.sum()) == (0, 0, 0)


def test_a_small_face_has_two_dots_and_a_smile_wide_enough_to_stay():
    small = face_at(Box(100, 100, 40, 40))
    drawn = portrait(small)
    assert len(drawn.pupils) == 2
    mouth = min(
        np.split(drawn.lines.points, drawn.lines.starts[1:-1]),
        key=lambda line: np.hypot(*(line - small.points[14]).T).min(),
    )
    assert np.ptp(mouth[:, 0]) >= 20
