"""Rooms, their styles and regions: read from a file, offered by every form."""

import pytest
from pytest_django import Settings

from config.errors import AppError
from generations.modes import MODES
from generations.modes.base import Wish
from generations.modes.rooms import entries


def test_the_rooms_of_children_stand_first():
    assert list(entries("rooms"))[:3] == ["nursery", "playroom", "kids-bedroom"]
    assert len(entries("rooms")) == 10


def test_the_styles_are_those_of_the_product():
    names = [style.name for style in entries("styles").values()]
    assert names == ["Coastal", "Contemporary", "Japandi", "Scandi", "Minimal", "Mid-century", "Industrial"]


@pytest.mark.parametrize("mode", ["redesign", "staging"])
def test_the_description_names_what_can_be_chosen(mode: str):
    fields = MODES[mode].parameters.model_json_schema()["properties"]
    assert fields["style"]["enum"] == list(entries("styles"))


@pytest.mark.parametrize(
    ("mode", "params", "field"),
    [
        ("redesign", {"style": "baroque"}, "style"),
        ("redesign", {"room_type": "cellar"}, "room_type"),
        ("staging", {"style": None}, "style"),
        ("imagine", {"style": ["oil"]}, "style"),
        ("imagine", {"style": []}, "style"),
        ("imagine", {"style": ["photo", "flat", "3d", "pencil"]}, "style"),
        ("imagine", {"room_style": "baroque"}, "room_style"),
        ("imagine", {"finish": "sepia"}, "finish"),
        ("redesign", {"finish": "line_art"}, "finish"),
        ("compose", {"aspect_ratio": "7:5"}, "aspect_ratio"),
        ("compose", {"quality": "best"}, "quality"),
        ("compose", {"variants": 0}, "variants"),
        ("staging", {"variants": 4}, "variants"),
        ("edit", {"variants": 2}, "variants"),
    ],
)
def test_what_there_is_not_is_named(mode: str, params: dict[str, object], field: str):
    with pytest.raises(AppError) as refused:
        MODES[mode].validated(params)
    assert (refused.value.code, list(refused.value.details)) == ("VALIDATION_ERROR", [field])


def test_the_region_is_a_setting(settings: Settings):
    settings.ROOM_REGION = "mediterranean"
    told = MODES["staging"].instruct(Wish(MODES["staging"].validated({})))
    assert "terracotta" in told
    assert "Australian" not in told
