"""Photos and drawings that several line art tests look at; each is drawn once."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generations.lineart import Complexity, Drawing, LineThickness, Page, Paper, Sheet, compose_page, draw
from tests.conftest import PHOTOS


@cache
def read_photo(name: str) -> NDArray[np.uint8]:
    return np.asarray(Image.open(PHOTOS / f"{name}.jpg").convert("RGB"))


@pytest.fixture(scope="session")
def photo() -> NDArray[np.uint8]:
    """A portrait with a face: 512 x 512."""
    return read_photo("astronaut")


@pytest.fixture(scope="session")
def drawing_of(photo: NDArray[np.uint8]) -> Callable[[Complexity], Drawing]:
    return cache(lambda complexity: draw(photo, complexity))


@pytest.fixture(scope="session")
def drawing(drawing_of: Callable[[Complexity], Drawing]) -> Drawing:
    return drawing_of(Complexity.SIMPLE)


@pytest.fixture(scope="session")
def page(drawing: Drawing) -> Page:
    return compose_page(drawing, LineThickness.MEDIUM, Sheet.for_picture(Paper.A4, drawing.aspect))
