"""Turning and cutting: the right quarter turn, the right part, never too little."""

import numpy as np
import pytest
from PIL import Image

from generations.uploads.decode import PhotoError, decode_photo
from generations.uploads.frame import Frame
from tests.generations.uploads import samples
from tests.generations.uploads.test_pixels import corner_colours

TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT = samples.CORNERS


@pytest.fixture(scope="session")
def photo() -> bytes:
    """256 x 192 px with a colour of its own in each quarter."""
    return samples.encoded(samples.picture().resize((256, 192), Image.Resampling.NEAREST), "PNG")


@pytest.mark.parametrize(
    ("turn", "corners"),
    [
        (90, [BOTTOM_LEFT, TOP_LEFT, BOTTOM_RIGHT, TOP_RIGHT]),
        (180, [BOTTOM_RIGHT, BOTTOM_LEFT, TOP_RIGHT, TOP_LEFT]),
        (270, [TOP_RIGHT, BOTTOM_RIGHT, TOP_LEFT, BOTTOM_LEFT]),
    ],
)
def test_a_photo_is_turned_clockwise(photo: bytes, tmp_path, turn: int, corners: list[str]):
    clean = decode_photo(photo, slots_dir=tmp_path, frame=Frame(turn))
    assert (clean.width, clean.height) == ((192, 256) if turn % 180 else (256, 192))
    assert corner_colours(clean) == corners


def test_the_box_is_cut_from_the_turned_photo(photo: bytes, tmp_path):
    clean = decode_photo(photo, slots_dir=tmp_path, frame=Frame(90, 0, 0, 0.5, 0.5))
    assert (clean.width, clean.height) == (96, 128)
    assert set(corner_colours(clean)) == {BOTTOM_LEFT}


def test_too_little_is_refused_by_the_child_too(photo: bytes, tmp_path):
    with pytest.raises(PhotoError) as refusal:
        decode_photo(photo, slots_dir=tmp_path, frame=Frame(0, 0, 0, 0.24, 1))
    assert refusal.value.code == "UNREADABLE_IMAGE"


@pytest.mark.parametrize(
    ("size", "frame", "is_too_small"),
    [
        ((640, 480), Frame(0, 0.5, 0.5, 0.1, 0.2), False),
        ((640, 480), Frame(0, 0.5, 0.5, 0.098, 0.2), True),
        ((640, 480), Frame(90, 0.5, 0.5, 0.1, 0.2), True),
        ((40, 30), Frame(), False),
        ((40, 30), Frame(0, 0, 0, 0.9, 1), True),
    ],
)
def test_what_is_too_small(size: tuple[int, int], frame: Frame, *, is_too_small: bool):
    assert frame.too_small_on(size) is is_too_small


def test_a_box_never_reaches_beyond_the_photo():
    for width in range(64, 200):
        for share in np.linspace(0, 0.9, 19):
            left, _top, right, _bottom = Frame(0, share, 0, 1 - share, 1).box_on((width, width))
            assert 0 <= left < right <= width


def test_four_quarter_turns_lead_back():
    frame = Frame(0, 0.1, 0.2, 0.3, 0.4)
    assert frame.turned_by(90).rounded() == Frame(90, 0.4, 0.1, 0.4, 0.3)
    assert frame.turned_by(270).turned_by(90).rounded() == frame
    assert frame.turned_by(90).turned_by(90).rounded() == frame.turned_by(180).rounded()
