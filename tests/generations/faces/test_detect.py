"""Which faces are found, and what is none."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from generations.faces import Detector, detect, find_faces
from tests.generations.lineart.conftest import read_photo


def test_the_face_in_the_portrait_is_found_with_its_eyes():
    (face,) = find_faces(read_photo("astronaut"))
    assert face.box.centre == pytest.approx((223, 115), abs=15)
    left, right = face.eyes
    assert left.middle == pytest.approx((205, 108), abs=8)
    assert right.middle == pytest.approx((243, 108), abs=8)
    assert min(left.openness, right.openness) > 0.2


def test_a_face_that_touches_the_rim_is_found():
    (face,) = find_faces(read_photo("astronaut")[76:160, 184:268])
    assert face.box.centre == pytest.approx((40, 38), abs=10)
    assert face.box.width > 70


def test_several_faces_come_from_left_to_right():
    portrait = read_photo("astronaut")[:256, 96:352]
    faces = find_faces(np.concatenate([portrait, portrait[:, ::-1], portrait], axis=1))
    assert [round(face.box.centre[0] / 256 - 0.5) for face in faces] == [0, 1, 2]


def test_a_small_face_in_a_large_picture_is_found():
    picture = np.full((900, 1200, 3), 128, np.uint8)
    small = cv2.resize(read_photo("astronaut"), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    picture[520 : 520 + small.shape[0], 830 : 830 + small.shape[1]] = small
    (face,) = find_faces(picture)
    assert face.box.centre == pytest.approx((830 + 0.4 * 223, 520 + 0.4 * 115), abs=6)
    assert face.box.width < 48


@pytest.mark.parametrize("lean", [-60, -27, 27, 60])
def test_a_face_that_leans_is_found_with_its_eyes(lean: int):
    portrait = read_photo("astronaut")[15:215, 123:323]
    way = cv2.getRotationMatrix2D((100, 100), -lean, 1)
    leaning = cv2.warpAffine(portrait, way, (200, 200), borderMode=cv2.BORDER_REPLICATE)
    (face,) = find_faces(np.asarray(leaning, np.uint8))
    assert np.degrees(face.lean) == pytest.approx(lean + 4, abs=4)  # she leans a little herself
    assert face.box.centre == pytest.approx((100, 100), abs=14)


def test_a_mirrored_face_looks_the_other_way():
    portrait = read_photo("astronaut")
    (face,), (mirrored,) = find_faces(portrait), find_faces(np.ascontiguousarray(portrait[:, ::-1]))
    assert mirrored.looks == pytest.approx(1 - face.looks, abs=0.05)


def test_the_same_faces_whatever_the_number_of_threads():
    found = []
    for threads in (1, 2):
        before = cv2.getNumThreads()
        cv2.setNumThreads(threads)
        found.append(find_faces(read_photo("astronaut"))[0])
        cv2.setNumThreads(before)
    assert np.array_equal(found[0].points, found[1].points)
    assert np.array_equal(found[0].irises, found[1].irises)


def test_a_detector_finds_the_same_again():
    detector = Detector()
    first, second = (detector.find(read_photo("astronaut"))[0].points for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("name", ["motorcycle", "chelsea", "coffee", "rocket", "raccoon"])
def test_no_face_is_seen_in_things_and_animals(name: str):
    assert find_faces(read_photo(name)) == ()


def test_a_blurred_face_is_none():
    portrait = read_photo("astronaut")[76:160, 184:268]
    assert find_faces(np.asarray(cv2.GaussianBlur(portrait, (0, 0), 9), np.uint8)) == ()


def test_a_tiny_or_flat_picture_has_no_face():
    for shape in ((1, 1, 3), (33, 40, 3), (3, 900, 3)):
        assert find_faces(np.zeros(shape, np.uint8)) == ()


def test_every_thread_has_a_detector_of_its_own_and_reads_it_once():
    portrait = read_photo("astronaut")
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(find_faces, [portrait] * 4))
    assert all(np.array_equal(faces[0].points, found[0][0].points) for faces in found)
    before = detect._own.detector
    find_faces(portrait)
    assert detect._own.detector is before
