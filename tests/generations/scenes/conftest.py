"""Scenes that several tests look at."""

import pytest

from generations.lineart import LineThickness, Page, Paper, Sheet
from generations.scenes import understand
from generations.scenes.composer import compose_scene
from generations.scenes.scene import Scene

VILLAGE = "a hedgehog flying a kite over our village"


def laid_out(scene: Scene, thickness: str = "medium", paper: str = "a4") -> Page:
    return scene.compose(LineThickness(thickness), Sheet.for_picture(Paper(paper), scene.aspect))


@pytest.fixture(scope="session")
def village() -> Scene:
    return compose_scene(understand(VILLAGE), "standard", 0)
