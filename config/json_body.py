"""JSON as RFC 8259 and RFC 7493 mean it: UTF-8, no NaN, each name once, nested no deeper than anybody needs."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST = 20  # levels of lists and objects


class StrictParser(Parser):
    """The API's parser of bodies. What it raises becomes 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        text = request.body.decode("utf-8")
        _check_depth(text)
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)


def _check_depth(text: str) -> None:
    """Counted before parsing, brackets in strings included: a guard, not a grammar."""
    depth = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ValueError("nested too deep")
        elif sign in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
