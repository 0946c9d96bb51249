"""Who stands where: relations, hands, and depth."""

from random import Random

import numpy as np
import pytest

from generations.scenes import understand
from generations.scenes.backdrops import meadow
from generations.scenes.cast import cast_for
from generations.scenes.groups import Group, groups_of
from generations.scenes.holding import parts_of
from generations.scenes.layout import Layout, lay_out
from generations.scenes.relations import Placed
from generations.scenes.room import Box, Room
from generations.scenes.rows import Spot, rows_of


def room(rich: int = 1) -> Room:
    return Room(277, 190, Random(0), rich)


def groups(text: str, complexity: str = "standard") -> list[Group]:
    return groups_of(cast_for(understand(text), complexity, Random(0)).actors, room())


def laid_out(text: str) -> Layout:
    place = room()
    return lay_out(cast_for(understand(text), "standard", place.random).actors, meadow(place), place)


def pair(text: str) -> tuple[Placed, Placed]:
    """The two who belong together, the one behind first."""
    (group,) = groups(text)
    behind, before = group.members
    return behind, before


def rows(text: str) -> list[list[Spot]]:
    place = room(2)
    return rows_of(groups(text, "detailed"), meadow(place), place, 20)


def test_who_is_behind_is_partly_hidden_and_higher_up():
    mouse, elephant = pair("a mouse behind an elephant")
    assert mouse.actor.thing.glyph == "🐁"
    assert 0.1 < mouse.box.shared(elephant.box) / mouse.box.area < 0.95
    assert mouse.box.bottom < elephant.box.bottom


def test_who_is_beside_stands_on_the_same_ground_and_touches():
    dog, cat = pair("a cat next to a dog")
    gap = max(cat.box.left - dog.box.right, dog.box.left - cat.box.right)
    assert -0.1 < gap < 0.05
    assert abs(dog.box.bottom - cat.box.bottom) < 0.05


def test_who_is_in_front_hides_a_part():
    elephant, fox = pair("a fox in front of an elephant")
    assert fox.actor.thing.glyph == "🦊"
    assert fox.box.shared(elephant.box) > 0


def test_a_castle_behind_somebody_stays_at_the_horizon():
    assert len(groups("a princess in front of a castle")) == 2


def test_who_is_in_a_house_stands_in_its_door():
    house, cat = pair("a cat in a house")
    assert house.box.left < cat.box.left
    assert cat.box.right < house.box.right
    assert cat.box.height < 0.5 * house.box.height


@pytest.mark.parametrize("idea", ["a dog in a boat", "a dog in a car"])
def test_who_sits_in_something_looks_out_of_it(idea: str):
    dog, vessel = pair(idea)
    assert dog.actor.thing.glyph == "🐕"
    assert dog.box.top < vessel.box.top
    assert dog.box.bottom > vessel.box.top


def test_towers_stand():
    mouse, cat, dog = sorted(groups("a mouse on a cat on a dog")[0].members, key=lambda one: one.box.top)
    assert [one.actor.thing.glyph for one in (mouse, cat, dog)] == ["🐁", "🐈", "🐕"]


@pytest.mark.parametrize(
    "idea", ["a girl reading a book", "a hedgehog eating an apple", "a robot holding a flower"]
)
def test_what_is_held_lies_between_body_and_hands(idea: str):
    *_body, item, hands = parts_of(groups(idea)[0].lead)
    assert len(hands.covers) == 2
    assert all(hands.box().shared(Box(x - 0.1, y - 0.1, x + 0.1, y + 0.1)) for x, y in _sides(item.box()))


def _sides(box: Box) -> list[tuple[float, float]]:
    middle = (box.top + box.bottom) / 2
    return [(box.left, middle), (box.right, middle)]


def test_a_hat_is_on_the_head():
    (group,) = groups("a cat wearing a hat")
    *cat, hat = parts_of(group.lead)
    assert hat.box().bottom < cat[0].box().top / 2


@pytest.mark.parametrize("idea", ["a hedgehog flying a kite", "a bear with a balloon"])
def test_a_string_goes_up_from_the_hand(idea: str):
    layout = laid_out(idea)
    (string,) = layout.strings
    start, end = string.strokes[0].points[0], string.strokes[0].points[-1]
    hands = [hand.mean(axis=0) for hand in layout.near[0].parts[-1].covers]
    kite = layout.aloft[0].box
    assert min(np.hypot(*(hand - start)) for hand in hands) < 0.1
    assert kite.left <= end[0] <= kite.right
    assert end[1] < start[1]


def test_far_rows_are_higher_up_and_smaller():
    placed = rows("nine cows")
    assert len(placed) > 1
    assert [row[0].unit for row in placed] == sorted(row[0].unit for row in placed)
    assert [max(spot.y for spot in row) for row in placed] == sorted(
        max(spot.y for spot in row) for row in placed
    )


@pytest.mark.parametrize(
    "idea", ["a farm with cows, pigs and a tractor", "animals in the jungle", "twelve cows"]
)
def test_in_a_crowd_everybody_is_seen(idea: str):
    placed = rows(idea)
    for number, row in enumerate(placed):
        before = [spot.box for later in placed[number + 1 :] for spot in later]
        for spot in row:
            assert sum(spot.box.shared(box) for box in before) / spot.box.area < 0.8


@pytest.mark.parametrize("idea", ["a hedgehog", "a dog in a boat", "two hedgehogs"])
def test_nobody_reaches_over_the_rim(idea: str):
    upright = Room(158, 245, Random(0), 0)
    ((*spots,),) = rows_of(groups(idea), meadow(upright), upright, 30)
    assert all(spot.box.left > 0 and spot.box.right < upright.width for spot in spots)
