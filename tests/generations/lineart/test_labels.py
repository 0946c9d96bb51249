import numpy as np
import pytest

from generations.lineart.labels import (
    absorb_slivers,
    border_mask,
    effective_number,
    joined,
    nearest_fill,
    relabel,
    smooth_labels,
)


def halves(size=100, at=50):
    labels = np.zeros((size, size), np.int32)
    labels[:, at:] = 1
    return labels


def test_relabelling_numbers_from_zero_in_order():
    assert relabel(np.array([[7, 7], [3, 9]])).tolist() == [[1, 1], [0, 2]]


def test_regions_are_joined_in_pairs_and_along_chains():
    labels = np.array([[0, 1, 2, 3, 4]], np.int32)
    assert joined(labels, np.array([[0, 4], [4, 2]])).tolist() == [[0, 1, 0, 2, 0]]
    assert joined(labels, np.zeros((0, 2), np.int64)).tolist() == labels.tolist()


def test_the_effective_number_of_regions():
    assert effective_number(halves()) == pytest.approx(2)
    assert effective_number(halves(at=99)) < 1.03


def test_unknown_pixels_take_the_nearest_label():
    labels = np.array([[5, 0, 0, 0, 9]], np.int32)
    assert nearest_fill(labels, labels > 0)[0, [0, 1, 3, 4]].tolist() == [5, 5, 9, 9]


def test_border_pixels_lie_on_both_sides():
    assert np.flatnonzero(border_mask(halves())[0]).tolist() == [49, 50]


def test_a_sliver_is_absorbed_and_wide_regions_stay():
    labels = halves()
    labels[:, 48:52] = 2
    cleaned = absorb_slivers(labels, least_area=100, radius=6)
    assert cleaned.max() == 1
    assert abs(int((cleaned == cleaned[0, 0]).sum()) - 5000) < 400


def test_a_neck_is_cut_into_two_regions():
    labels = np.zeros((100, 200), np.int32)
    labels[20:80, 20:80] = labels[20:80, 120:180] = labels[48:52, 80:120] = 1
    cleaned = absorb_slivers(labels, least_area=500, radius=6)
    assert len({int(cleaned[50, 50]), int(cleaned[50, 150]), int(cleaned[5, 5])}) == 3


def test_when_everything_is_narrow_nothing_changes():
    labels = np.arange(100, dtype=np.int32).repeat(3)[None].repeat(50, axis=0)
    assert absorb_slivers(labels, 10, 6) is labels


def test_smoothing_rounds_a_jagged_boundary():
    jagged = halves()
    jagged[::2, 47:50] = 1
    smoothed = smooth_labels(jagged, 3)
    starts = (smoothed == 1).argmax(axis=1)[5:-5]
    assert np.ptp(starts) <= 1
    assert set(np.unique(smoothed)) == {0, 1}


def test_a_waist_is_not_cut_where_the_photo_has_no_edge():
    half_height = 5.5 + 2 * np.maximum(np.abs(np.arange(200) - 100) - 8, 0)
    inside = np.abs(np.arange(200)[:, None] - 100) < half_height
    cleaned = absorb_slivers((~inside).astype(np.int32), least_area=500, radius=6)
    assert cleaned[100, 30] == cleaned[100, 170]
    assert len(set(cleaned[100].tolist())) == 1
