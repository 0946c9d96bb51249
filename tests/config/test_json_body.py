"""Bodies that are JSON to a kind reader only."""

import json

import pytest
from django.test import RequestFactory

from config.json_body import DEEPEST, StrictParser


def read(body: bytes) -> object:
    return StrictParser().parse_body(RequestFactory().post("/", body, content_type="application/json"))


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_json_is_read() -> None:
    facts = {"a": [1, 2.5, None, True], "b": {"c": "Łódź"}}
    assert read(json.dumps(facts).encode()) == facts
    assert read(nested(DEEPEST)) == json.loads(nested(DEEPEST))


@pytest.mark.parametrize(
    "body",
    [
        nested(DEEPEST + 1),
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": NaN}',
        b"[-Infinity]",
        '{"a": "Ü"}'.encode("latin-1"),
    ],
    ids=["too deep", "a name twice", "a name twice inside", "NaN", "Infinity", "Latin-1"],
)
def test_what_readers_disagree_about_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(body)
