import cv2
import numpy as np
import pytest

from generations.lineart.parts import COUNT, parts_of
from generations.lineart.pointer import Tap
from generations.lineart.proposals import vote

SHAPE = (180, 240)


def thing():
    """A body, a head and a hat that differ less from each other than from the meadow around; and where they are."""
    picture = np.full((*SHAPE, 3), (90, 150, 70), np.uint8)
    mask = np.zeros(SHAPE, np.uint8)
    for centre, axes, colour in (
        ((120, 110), (34, 40), (200, 60, 45)),
        ((120, 58), (20, 22), (215, 85, 60)),
        ((120, 36), (24, 7), (190, 45, 75)),
    ):
        cv2.ellipse(picture, centre, axes, 0, 0, 360, colour, -1)
        cv2.ellipse(mask, centre, axes, 0, 0, 360, 1, -1)
    noise = np.random.default_rng(5).integers(-6, 7, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8), mask > 0


def tap_at(x, y, *, belongs=True):
    return Tap(x / SHAPE[1], y / SHAPE[0], belongs)


def voted(x, y, *corrections):
    picture, mask = thing()
    likely = vote(parts_of(picture), (tap_at(x, y), *corrections))
    return cv2.resize(likely, SHAPE[::-1]) > 0.5, mask


@pytest.mark.parametrize("place", [(120, 110), (118, 60), (125, 35)], ids=["body", "head", "hat"])
def test_a_tap_on_any_part_means_the_whole_thing(place):
    found, mask = voted(*place)
    assert (found & mask).sum() / (found | mask).sum() > 0.9


def test_a_tap_on_the_background_means_the_background():
    found, mask = voted(20, 150)
    assert found[150, 20]
    assert not found[mask].any()


def test_what_is_said_not_to_belong_is_in_no_proposal():
    found, mask = voted(120, 110, tap_at(120, 58, belongs=False))
    assert found[110, 120]
    assert not found[58, 120]
    assert (found & mask).sum() / found.sum() > 0.9


def test_what_is_tapped_besides_belongs_too():
    found, mask = voted(120, 110, tap_at(20, 150))
    assert (found[110, 120], found[150, 20]) == (True, True)
    assert (found & mask).sum() / mask.sum() > 0.9


def test_a_picture_falls_into_a_few_dozen_parts():
    parts = parts_of(thing()[0])
    assert 4 <= len(parts) <= COUNT
    assert parts.rim.sum() == pytest.approx(1)
    assert parts.in_cells(16).sum() == parts.labels.size


@pytest.mark.parametrize("place", [(0, 0), (1, 1), (0.5, 1)])
def test_what_has_no_parts_is_one(place):
    flat = np.full((64, 96, 3), 128, np.uint8)
    assert (vote(parts_of(flat), [Tap(*place)]) == 1).all()
