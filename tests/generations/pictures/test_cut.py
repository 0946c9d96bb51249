"""Cut to exactly the shape that was named."""

import numpy as np
import pytest

from generations.pictures.cut import cut_to


@pytest.mark.parametrize(
    ("size", "shape", "left"),
    [
        ((1024, 1536), 4 / 5, (1024, 1280)),
        ((1024, 1536), 9 / 16, (864, 1536)),
        ((1536, 1024), 1, (1024, 1024)),
        ((1024, 1024), 1, (1024, 1024)),
        ((1, 1), 9 / 16, (1, 1)),
    ],
)
def test_as_much_as_has_the_shape_is_left(size, shape, left):
    width, height = size
    assert cut_to(np.zeros((height, width, 3), np.uint8), shape).shape[1::-1] == left


def test_the_middle_is_left():
    rows = np.arange(6, dtype=np.uint8)[:, None, None].repeat(3, 2)
    assert cut_to(rows.repeat(4, 1), 2)[:, 0, 0].tolist() == [2, 3]
