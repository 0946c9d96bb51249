import numpy as np

from generations.lineart.edges import Edges
from generations.lineart.flow import Flow
from generations.lineart.segment import basins, borders_of


def test_basins_are_divided_by_a_ridge():
    strength = np.zeros((60, 60), np.float32)
    strength[:, 30] = 10
    flow = Flow(strength, strength)
    labels = basins(Edges(strength, strength, flow), 1.0)
    assert labels.min() == 0
    assert not set(labels[:, :29].ravel()) & set(labels[:, 32:].ravel())


def test_borders_have_length_and_summed_strength():
    labels = np.array([[0, 0, 1], [0, 2, 1]], np.int32)
    strength = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    borders = borders_of(labels, strength)
    table = {(int(a), int(b)): (s, n) for a, b, s, n in zip(
        borders.first, borders.second, borders.strength, borders.length, strict=True
    )}  # fmt: skip
    assert table == {(0, 1): (3, 1), (0, 2): (5 + 5, 2), (1, 2): (6, 1)}


def test_a_single_region_has_no_borders():
    borders = borders_of(np.zeros((5, 5), np.int32), np.zeros((5, 5), np.float32))
    assert len(borders.first) == len(borders.length) == 0


def test_joined_borders_add_up():
    labels = np.array([[0, 0, 1], [0, 2, 1]], np.int32)
    borders = borders_of(labels, np.array([[1, 2, 3], [4, 5, 6]], np.float32))
    joined = borders.joined(np.array([0, 1, 1]))
    assert list(joined.rows()) == [(0, 1, 3 + 5 + 5, 1 + 2)]
