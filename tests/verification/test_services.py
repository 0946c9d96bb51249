"""The stand-ins answer as the real services do. Run by hand, with real keys and for a few cents: see CONTRIBUTING.md."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import jpeg
from tests.stand_ins.server import Call, StandIn
from tests.verification.services import Service, Target, answer_to, call_of_ours
from tests.verification.shapes import differences

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]
NOBODYS = "nobody-has-this"
WORDS = "Draw a page of a colouring book"


@pytest.fixture
def ours(stand_in: StandIn) -> Target:
    return Target(stand_in.address, stand_in.key, stand_in)


def compare(
    service: Service, ours: Target, theirs: Target, calls: tuple[Call, Call], key: str = ""
) -> list[Any]:
    """Each call to its own; fails with what is different, and gives both answers."""
    ours_said, theirs_said = (
        answer_to(service, call, target, key) for call, target in zip(calls, (ours, theirs), strict=True)
    )
    assert theirs_said[0] == ours_said[0], theirs_said
    assert differences(ours_said[1], theirs_said[1]) == []
    return [ours_said[1], theirs_said[1]]


def behave(fault: str, *targets: Target) -> None:
    """Stand-ins answer as told; the real service has to be brought to it by the call itself."""
    for target in targets:
        if target.stand_in:
            target.stand_in.usual = fault


def changed(call: Call, old: str, new: str) -> Call:
    """The same with other words in address and body."""
    return replace(call, path=call.path.replace(old, new), body=call.body.replace(old.encode(), new.encode()))


def test_a_picture_of_words(service: Service, stand_in: StandIn, ours: Target, target: Target):
    compare(service, ours, target, (call_of_ours(service, stand_in),) * 2)


def test_a_picture_of_a_photo(service: Service, stand_in: StandIn, ours: Target, target: Target):
    compare(service, ours, target, (call_of_ours(service, stand_in, jpeg(512, 384)),) * 2)


def test_a_wrong_key(service: Service, stand_in: StandIn, ours: Target, target: Target):
    compare(service, ours, target, (call_of_ours(service, stand_in),) * 2, key=NOBODYS)


def test_a_model_that_nobody_has(service: Service, stand_in: StandIn, ours: Target, target: Target):
    call = changed(call_of_ours(service, stand_in), service.chosen_model.split("/")[-1], NOBODYS)
    behave("model gone", ours, target)
    compare(service, ours, target, (call, call))


@pytest.mark.parametrize("service", ["replicate"], indirect=True)
def test_a_prediction_is_looked_at_and_called_off(
    service: Service, stand_in: StandIn, ours: Target, target: Target
):
    asked = call_of_ours(service, stand_in)
    made = compare(service, ours, target, (asked, asked))
    for method, path in (("GET", "/v1/predictions/{}"), ("POST", "/v1/predictions/{}/cancel")):
        calls = [Call(method, path.format(one["id"]), {}, b"") for one in made]
        compare(service, ours, target, (calls[0], calls[1]))
