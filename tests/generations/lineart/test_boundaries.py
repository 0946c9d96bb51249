import numpy as np
import pytest

from generations.lineart.boundaries import boundary_arcs, crack_graph, taubin


def disc(size=120, radius=40):
    rows, columns = np.mgrid[0:size, 0:size] + 0.5
    return ((rows - size / 2) ** 2 + (columns - size / 2) ** 2 < radius**2).astype(np.int32)


def arcs_of(labels, strength=10.0, rounding=20):
    return boundary_arcs(labels, np.full((60, 60), strength, np.float32), rounding, 1.0, 1.0)


def test_cracks_run_between_unequal_pixels():
    corners, edges = crack_graph(np.array([[0, 1], [0, 1]], np.int32))
    assert sorted(map(tuple, corners.tolist())) == [(1, 0), (1, 1), (1, 2)]
    assert len(edges) == 2


def test_one_region_has_no_arcs():
    assert arcs_of(np.zeros((50, 50), np.int32)) == []


def test_a_disc_gives_one_round_closed_arc_that_did_not_shrink():
    (arc,) = arcs_of(disc())
    radii = np.hypot(*(arc.points - 60).T)
    assert arc.closed
    assert radii.mean() == pytest.approx(40, abs=0.5)
    assert radii.std() < 0.4


def test_three_regions_meet_in_one_shared_junction():
    labels = np.zeros((100, 100), np.int32)
    labels[:, 50:], labels[60:, :] = 1, 2
    arcs = arcs_of(labels)
    ends = [tuple(arc.points[end].round(6)) for arc in arcs for end in (0, -1)]
    assert len(arcs) == 3
    assert max(ends.count(end) for end in ends) == 3


def test_arcs_that_meet_the_frame_stay_on_it():
    labels = np.zeros((80, 80), np.int32)
    labels[:, 30:] = 1
    (arc,) = arcs_of(labels)
    assert sorted(arc.points[[0, -1]].tolist()) == [[30, 0], [30, 80]]


def test_uncertain_boundaries_are_calmer():
    labels = np.zeros((200, 200), np.int32)
    wave = 100 + 6 * np.sin(np.arange(200) / 6)
    labels[np.arange(200)[None, :] > wave[:, None]] = 1
    certain, uncertain = (arcs_of(labels, strength)[0].points[:, 0].std() for strength in (8.0, 0.5))
    assert uncertain < certain / 2


def test_fixed_corners_do_not_move():
    corners = np.array([[0.0, 0], [1, 3], [2, 0]])
    moved = taubin(corners, np.array([[0, 1], [1, 2]]), np.array([0, 2]), 5)
    assert moved[[0, 2]].tolist() == corners[[0, 2]].tolist()
    assert moved[1, 1] < 3
