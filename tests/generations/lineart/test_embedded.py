"""How the embedded provider reads its photos for the engine."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from generations.lineart.settings import UNIT_AREA
from generations.providers.embedded.photos import decoded
from tests.generations.lineart.conftest import read_photo


def jpeg(width, height):
    large = cv2.resize(read_photo("coffee"), (width, height), interpolation=cv2.INTER_CUBIC)
    file = io.BytesIO()
    Image.fromarray(large).save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.mark.parametrize(
    ("size", "read"), [((4896, 3672), (918, 1224)), ((4000, 3000), (1500, 2000)), ((800, 600), (600, 800))]
)
def test_a_jpeg_is_read_only_as_large_as_its_drawing_needs(size, read):
    pixels = decoded(jpeg(*size), closer=False)
    assert pixels.shape[0] * pixels.shape[1] >= min(UNIT_AREA, size[0] * size[1])
    assert pixels.shape == (*read, 3)


def test_it_shows_the_same_as_the_whole_made_smaller():
    file = jpeg(4000, 3000)
    small, whole = decoded(file, closer=False), decoded(file, closer=True)
    assert whole.shape == (3000, 4000, 3)
    same = cv2.resize(whole, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - same).mean() < 2


def test_a_png_is_read_whole():
    file = io.BytesIO()
    Image.fromarray(np.zeros((1200, 1600, 3), np.uint8)).save(file, "PNG")
    assert decoded(file.getvalue(), closer=False).shape == (1200, 1600, 3)
