"""What counts as another shape."""

from typing import Any

import pytest

from tests.verification.shapes import differences, shape_of


def test_a_shape_is_every_field_and_its_type():
    value = {"data": [{"b64_json": "x", "size": 3}], "usage": {}, "error": None, "ok": True}
    assert shape_of(value) == {
        "data[].b64_json": "string",
        "data[].size": "number",
        "error": "null",
        "ok": "boolean",
    }


@pytest.mark.parametrize(
    ("stand_in", "service", "found"),
    [
        ({"a": 1}, {"a": 2, "b": 3}, []),
        ({"a": None}, {"a": "x"}, []),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1.5}, {"b": 2}]}, []),
        ({"a": 1, "b": 2}, {"a": 1}, ["b is not there"]),
        ({"a": {"b": 1}}, {"a": {"c": 1}}, ["a.b is not there"]),
        ({"a": 1}, {"a": "1"}, ["a is string and not number"]),
        ({"a": [{"b": 1}]}, {"a": []}, ["a[].b is not there"]),
    ],
)
def test_differences(stand_in: Any, service: Any, found: list[str]):
    assert differences(stand_in, service) == found
