"""Ducks swim up to their bellies, a mermaid has a tail, and craters lie on the ground of the moon."""

from random import Random

import numpy as np
import pytest

from generations.scenes.actors import Actor
from generations.scenes.dressing import plants
from generations.scenes.holding import parts_of
from generations.scenes.room import Room
from generations.scenes.scene import Figure, Scene
from generations.scenes.things import THINGS
from tests.generations.scenes.conftest import laid_out

FOOT, EM = 80, 60


def lowest(glyph: str, place: str) -> float:
    """How far above its foot a lone actor's drawing ends, in em; the frame's foot is left out."""
    parts = parts_of(Actor(THINGS[glyph], place))
    scene = Scene(100, 100, tuple(Figure(part.scaled(EM).moved(50, FOOT)) for part in parts))
    page = laid_out(scene)
    _frame, *lines = [line.points for group in page.strokes for line in group.lines]
    bottom = max(float(points[:, 1].max()) for points in lines) - page.picture.y
    return (FOOT - bottom * scene.height / page.picture.height) / EM


@pytest.mark.parametrize("glyph", ["🦆", "🪿"])
def test_a_duck_shows_no_legs_in_water(glyph: str):
    assert lowest(glyph, "ground") < 0.02
    assert lowest(glyph, "water") > 0.15


def test_a_swan_needs_no_wave():
    assert lowest("🦢", "water") == pytest.approx(lowest("🦢", "ground"))


def test_a_mermaid_has_a_face_arms_and_a_tail():
    *tail, _scales, _hands, _left, _right, shirt, head = parts_of(Actor(THINGS["🧜"], "sea"))
    assert min(part.box().top for part in tail) > shirt.box().top > head.box().top
    assert max(part.box().right for part in tail) > 2 * shirt.box().right
    assert len(head.dots) == 2


def test_craters_lie_below_the_horizon_of_the_moon():
    room = Room(277, 190, Random(0), 2)
    tops = [crater.box().top for crater in plants("space", [], room)]
    assert len(tops) > 3
    assert np.min(tops) >= 0.83 * room.height
