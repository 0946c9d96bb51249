import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from generations.lineart.boundaries import boundary_arcs, crack_graph, taubin
from generations.lineart.curves import flatten
from generations.lineart.labels import smooth_labels

FINE = 8  # raster px per working px, where the network is drawn to be looked at


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
    ends = np.array(sorted(arc.points[[0, -1]].tolist(), key=lambda end: end[1]))
    assert ends[:, 1].tolist() == [0, 80]
    assert ends[:, 0] == pytest.approx(30)


def test_uncertain_boundaries_are_calmer():
    labels = np.zeros((200, 200), np.int32)
    wave = 100 + 6 * np.sin(np.arange(200) / 6)
    labels[np.arange(200)[None, :] > wave[:, None]] = 1
    lines = [arcs_of(labels, strength)[0].points for strength in (8.0, 0.5)]
    certain, uncertain = (flatten(line, 8, closed=False)[:, 0].std() for line in lines)
    assert uncertain < certain / 2


def test_fixed_corners_do_not_move():
    corners = np.array([[0.0, 0], [1, 3], [2, 0]])
    moved = taubin(corners, np.array([[0, 1], [1, 2]]), np.array([0, 2]), 5)
    assert moved[[0, 2]].tolist() == corners[[0, 2]].tolist()
    assert moved[1, 1] < 3


def test_a_slanted_box_keeps_its_straight_sides_and_sharp_corners():
    corners = np.array([[40, 60], [140, 30], [165, 110], [65, 140]])
    labels = np.zeros((180, 200), np.int32)
    cv2.fillPoly(labels, [corners], 1)
    (arc,) = boundary_arcs(smooth_labels(labels, 3.5), np.full((90, 100), 10, np.float32), 20, 1.0, 1.0)
    for corner in corners:
        assert np.hypot(*(arc.points - corner - 0.5).T).min() < 1.2
    assert len(arc.points) <= 24


def test_a_corner_just_inside_the_frame_does_not_leave_the_picture():
    labels = np.zeros((120, 160), np.int32)
    cv2.fillPoly(labels, [np.array([[80, -4], [40, 100], [120, 100]])], 1)
    labels[:2] = 0
    (arc,) = arcs_of(labels)
    assert arc.closed
    assert arc.points[:, 1].min() == 0  # where its straight sides meet is outside


def test_a_boundary_lies_where_the_edge_of_the_photo_is():
    labels = np.zeros((120, 120), np.int32)
    labels[:, 60:] = 1
    strength = np.zeros((60, 60), np.float32)
    strength[:, 31:33] = 8
    (arc,) = boundary_arcs(labels, strength, 20, 1.0, 1.0)
    inner = arc.points[(arc.points[:, 1] > 15) & (arc.points[:, 1] < 105)]
    assert inner[:, 0] == pytest.approx(64, abs=0.4)


@st.composite
def label_maps(draw):
    """Small maps of angular and rounded regions, as the engine leaves them: wide and calm."""
    coarse = draw(
        arrays(np.int32, (draw(st.integers(2, 4)), draw(st.integers(2, 4))), elements=st.integers(0, 3))
    )
    labels = cv2.resize(coarse, None, fx=30, fy=30, interpolation=cv2.INTER_NEAREST)
    return smooth_labels(np.asarray(labels, np.int32), draw(st.sampled_from([0.8, 3.5])))


@settings(max_examples=60, deadline=None)
@given(label_maps(), st.sampled_from([0.5, 10.0]))
def test_regions_stay_closed_and_apart_and_nothing_leaves_the_picture(labels, strength):
    height, width = labels.shape
    arcs = boundary_arcs(labels, np.full((height // 2, width // 2), strength, np.float32), 20, 1.0, 1.0)
    canvas = np.full((height * FINE, width * FINE), 255, np.uint8)
    for arc in arcs:
        flat = flatten(arc.points, 8, closed=arc.closed)
        assert (flat >= -1).all()
        assert (flat <= np.array([width, height]) + 1).all()
        cv2.polylines(canvas, [np.round(flat * FINE).astype(np.int32)], arc.closed, 0, 2)
    count, fields = cv2.connectedComponents(canvas, connectivity=4)
    pieces = list(_pieces(labels))
    assert count - 1 >= len(pieces)
    owners = [set(fields[FINE // 2 :: FINE, FINE // 2 :: FINE][_middle(piece)].tolist()) for piece in pieces]
    assert sum(map(len, owners)) == len(set().union(*owners))


def _pieces(labels):
    for number in np.unique(labels):
        count, pieces = cv2.connectedComponents((labels == number).astype(np.uint8), connectivity=4)
        yield from (pieces == piece for piece in range(1, count))


def _middle(piece):
    """Where a region is deepest: however much its boundaries were smoothed, this is its own."""
    depth = cv2.distanceTransform(np.pad(piece, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    return depth >= depth.max() - 1e-3
