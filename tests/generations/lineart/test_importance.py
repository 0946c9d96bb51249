import numpy as np

from generations.faces import Box
from generations.lineart.importance import background_distance, importance_map
from generations.lineart.segment import borders_of
from tests.faces import face_at


def scene():
    """A red square (1) with a white heart (2) in the middle of a grey wall (0)."""
    labels = np.zeros((120, 160), np.int32)
    labels[30:90, 50:110], labels[50:70, 70:90] = 1, 2
    colours = np.array([[50.0, 0, 0], [50, 60, 40], [95, 0, 0]])
    strength = np.zeros(labels.shape, np.float32)
    strength[28:32, 50:110] = 9
    return labels, colours, strength


def test_distance_grows_from_the_rim_inwards():
    labels, colours, strength = scene()
    wall, square, heart = background_distance(labels, colours, borders_of(labels, strength))
    assert wall < 0.01
    assert 0.3 < square < heart <= 1


def test_the_subject_is_more_important_than_the_wall():
    labels, colours, strength = scene()
    importance = importance_map(labels, colours, borders_of(labels, strength), strength, ())
    assert importance[60, 80] > 0.9
    assert importance[5, 5] < 0.1
    assert importance.dtype == np.float32


def test_a_face_is_important_wherever_it_is():
    labels, colours, strength = scene()
    face = face_at(Box(5, 5, 30, 30))
    importance = importance_map(labels, colours, borders_of(labels, strength), strength, (face,))
    assert importance[20, 20] > 0.95


def test_a_picture_of_one_region_is_nowhere_important():
    labels = np.zeros((50, 50), np.int32)
    strength = np.zeros(labels.shape, np.float32)
    importance = importance_map(labels, np.zeros((1, 3)), borders_of(labels, strength), strength, ())
    assert np.isfinite(importance).all()
