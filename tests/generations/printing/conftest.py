"""A drawing that several layouts print; drawn once."""

import numpy as np
import pytest
from PIL import Image

from generations.lineart import Complexity, draw
from generations.printing.layouts import Source
from tests.conftest import PHOTOS
from tests.factories import COLORING


@pytest.fixture(scope="session")
def source() -> Source:
    """A portrait page, square."""
    with Image.open(PHOTOS / "astronaut.jpg") as photo:
        drawing = draw(np.asarray(photo.convert("RGB")), Complexity.SIMPLE)
    return Source(drawing, COLORING, "Made with Scribblemachine")


@pytest.fixture(scope="session")
def wide_source() -> Source:
    """A page in landscape."""
    with Image.open(PHOTOS / "astronaut.jpg") as photo:
        drawing = draw(np.asarray(photo.convert("RGB"))[100:400], Complexity.SIMPLE)
    return Source(drawing, COLORING)
