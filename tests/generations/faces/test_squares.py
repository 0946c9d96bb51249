"""Cutting leaning squares out of pictures, and back."""

import math

import numpy as np
import pytest

from generations.faces.squares import Copies, Square


def spotted(x: int, y: int) -> Copies:
    picture = np.zeros((400, 600, 3), np.uint8)
    picture[y - 4 : y + 5, x - 4 : x + 5] = 255
    return Copies.of(picture)


@pytest.mark.parametrize("side", [60.0, 200.0, 500.0])
@pytest.mark.parametrize("lean", [0.0, 0.6])
@pytest.mark.parametrize("held", ["plain", "mirrored"])
def test_what_is_seen_in_a_square_is_found_again_on_the_picture(side: float, lean: float, held: str):
    square = Square(300, 200, side, lean, mirrored=held == "mirrored")
    cut = square.cut(spotted(310, 195), 64)[..., 0].astype(float)
    rows, columns = np.indices(cut.shape)
    seen = np.array([[(columns * cut).sum(), (rows * cut).sum()]]) / cut.sum()
    assert square.on_picture(seen, 64)[0] == pytest.approx([310, 195], abs=max(1.0, side / 64))


def test_a_leaning_square_stands_upright_when_it_is_cut():
    lean = math.radians(30)
    beside = Square(300, 200, 100, lean).on_picture(np.array([[64.0, 32.0]]), 64)[0]
    assert beside == pytest.approx([300 + 50 * math.cos(lean), 200 + 50 * math.sin(lean)])


def test_beyond_the_rim_all_is_black():
    copies = Copies.of(np.full((100, 100, 3), 255, np.uint8))
    cut = Square(0, 50, 100).cut(copies, 64)
    assert cut[:, :30].max() == 0
    assert cut[10:54, 34:].min() == 255
