"""A page drawn by the real engine, once for all tests of this folder."""

from collections.abc import Callable

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from accounts.models import User
from generations.actions.outcome import deliver
from generations.claims import claim_next
from generations.finishing import finish_drawing, store
from generations.lineart import Complexity, draw
from generations.models import Render
from generations.outputs import Finished
from tests.conftest import PHOTOS
from tests.factories import COLORING, create_job, only_render

DeliverPage = Callable[..., Render]


@pytest.fixture(scope="session")
def finished() -> Finished:
    """A portrait page's files and verdict."""
    with Image.open(PHOTOS / "astronaut.jpg") as photo:
        drawing = draw(np.asarray(photo.convert("RGB")), Complexity.SIMPLE)
    return finish_drawing(drawing, COLORING)


@pytest.fixture
def deliver_page(finished: Finished) -> DeliverPage:
    """Ends a job of this user with the page, as a worker would, without drawing it again."""

    def deliver_one(user: User, **wishes: object) -> Render:
        job = create_job(user, **wishes)
        render = claim_next(at=timezone.now())
        assert render
        deliver(render=render, assets=store(render, finished.files), verdict=finished.verdict)
        return only_render(job)

    return deliver_one
