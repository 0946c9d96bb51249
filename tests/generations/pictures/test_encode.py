"""The files of a picture."""

import io

import numpy as np
from PIL import Image

from generations.pictures import encode
from tests.stand_ins.rooms import room

PICTURE = np.asarray(room((640, 480), "a room"))


def test_the_full_size_loses_nothing_and_says_nothing():
    with Image.open(io.BytesIO(encode.png(PICTURE))) as image:
        assert (image.format, image.info) == ("PNG", {})
        assert np.array_equal(np.asarray(image), PICTURE)


def test_smaller_copies_keep_their_shape_and_never_grow():
    sizes = [Image.open(io.BytesIO(encode.webp(PICTURE, edge))).size for edge in (320, 1200)]
    assert sizes == [(320, 240), (640, 480)]
