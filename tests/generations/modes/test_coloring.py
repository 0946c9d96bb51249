"""What may be asked for with a photo."""

import pytest

from config.errors import AppError
from generations.modes import MODES

coloring = MODES["coloring"]


def test_everything_has_a_usual_value():
    assert coloring.validated({}) == {
        "complexity": "standard",
        "line_thickness": "medium",
        "paper": "a4",
        "simplify": 0,
        "frame": True,
        "mirror": False,
        "background": True,
        "subject": None,
    }


@pytest.mark.parametrize(
    "place",
    [None, {"x": 0, "y": 1}, {"x": 0.7, "y": 0.9, "width": 0.3, "height": 0.1}],
    ids=["nowhere", "tap", "box"],
)
def test_the_subject_is_a_tap_or_a_box(place):
    assert coloring.validated({"subject": place})["subject"] == place


def test_the_subject_is_several_places():
    places = [{"x": 0.5, "y": 0.5, "belongs": False}, {"x": 0.7, "y": 0.9, "width": 0.3, "height": 0.1}]
    assert coloring.validated({"subject": [*places, {"x": 0, "y": 1}]})["subject"] == [
        *places,
        {"x": 0, "y": 1, "belongs": True},
    ]
    assert len(coloring.validated({"subject": [{"x": 0.1, "y": 0.1}] * 8})["subject"]) == 8


BAD_PLACES = {
    "half a tap": {"x": 0.5},
    "beside the photo": {"x": 1.1, "y": 0.5},
    "left of the photo": {"x": -0.1, "y": 0.5},
    "no number": {"x": float("nan"), "y": 0.5},
    "a box without height": {"x": 0.1, "y": 0.1, "width": 0.5},
    "an empty box": {"x": 0.1, "y": 0.1, "width": 0, "height": 0.5},
    "a box that leaves the photo": {"x": 0.6, "y": 0.1, "width": 0.5, "height": 0.5},
    "more than a place": {"x": 0.5, "y": 0.5, "radius": 1},
    "words": "the dog",
    "no place at all": [],
    "too many places": [{"x": 0.5, "y": 0.5}] * 9,
    "nothing that belongs": [{"x": 0.5, "y": 0.5, "belongs": False}],
    "two boxes": [{"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}] * 2,
    "a box that does not belong": [{"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2, "belongs": False}],
    "one place beside the photo": [{"x": 0.5, "y": 0.5}, {"x": 0.5, "y": 1.5}],
    "a single place that does not belong": {"x": 0.5, "y": 0.5, "belongs": False},
}


@pytest.mark.parametrize("place", BAD_PLACES.values(), ids=BAD_PLACES)
def test_another_place_is_refused(place):
    with pytest.raises(AppError) as refused:
        coloring.validated({"subject": place})
    assert (refused.value.code, list(refused.value.details)) == ("VALIDATION_ERROR", ["subject"])
