import numpy as np

from generations.lineart.skeleton import skeleton_of, skeleton_paths


def drawn(*pixels, size=20):
    mask = np.zeros((size, size), np.bool_)
    for x, y in pixels:
        mask[y, x] = True
    return mask


def test_a_thick_bar_becomes_a_thin_line():
    mask = np.zeros((30, 60), np.bool_)
    mask[10:20, 5:55] = True
    skeleton = skeleton_of(mask)
    assert skeleton.sum(axis=0).max() <= 2
    assert skeleton[:, 20:40].any(axis=0).all()


def test_a_diagonal_is_one_path_of_x_and_y():
    (path,) = skeleton_paths(drawn(*((3 + k, 5 + k) for k in range(8))))
    assert path[[0, -1]].tolist() in ([[3, 5], [10, 12]], [[10, 12], [3, 5]])
    assert len(path) == 8


def test_a_staircase_takes_no_short_cuts():
    (path,) = skeleton_paths(drawn((2, 2), (3, 2), (3, 3), (4, 3), (4, 4)))
    assert len(path) == 5


def test_a_junction_divides_three_paths():
    arms = (
        [(10 + k, 10) for k in range(5)] + [(10 - k, 10) for k in range(5)] + [(10, 10 + k) for k in range(5)]
    )
    assert sorted(len(path) for path in skeleton_paths(drawn(*arms))) == [5, 5, 5]


def test_a_ring_comes_back_to_its_first_pixel():
    ring = [(5, 5), (6, 5), (7, 5), (7, 6), (7, 7), (6, 7), (5, 7), (5, 6)]
    (path,) = skeleton_paths(drawn(*ring))
    assert len(path) == 9
    assert path[0].tolist() == path[-1].tolist()


def test_lines_at_the_rim_and_nothing_at_all():
    assert len(skeleton_paths(drawn(*((0, k) for k in range(20))))) == 1
    assert skeleton_paths(drawn()) == []
