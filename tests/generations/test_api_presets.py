"""Settings saved under a name, over the API."""

import json

import pytest
from django.test import Client

from accounts.models import User
from generations.models import Preset
from tests.factories import create_preset, create_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/presets"


def call(client: Client, method: str, url: str, **body: object):
    return client.generic(method, url, json.dumps(body), content_type="application/json")


def code(answer) -> tuple[int, str, set[str]]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], set(error["details"] or {})


def test_settings_are_saved_whole(alice_client: Client):
    answer = call(alice_client, "POST", URL, name=" Rainy days ", params={"complexity": "simple"})
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert (data["name"], data["mode"], data["params"]["complexity"]) == ("Rainy days", "coloring", "simple")
    assert data["params"]["line_thickness"] == "medium"
    assert alice_client.get(URL).json()["data"]["items"] == [data]


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"name": "  "}, (400, "VALIDATION_ERROR", {"name"})),
        ({"name": "x" * 81}, (400, "VALIDATION_ERROR", {"name"})),
        ({"name": "a", "mode": "nonsense"}, (400, "VALIDATION_ERROR", {"mode"})),
        ({"name": "a", "params": {"complexity": "huge"}}, (400, "VALIDATION_ERROR", {"complexity"})),
        ({"name": "a", "params": {"nonsense": 1}}, (400, "VALIDATION_ERROR", {"nonsense"})),
        ({"name": "a", "prompt": "x" * 801}, (400, "VALIDATION_ERROR", {"prompt"})),
        ({"name": "a", "prompt": "porn"}, (422, "CONTENT_REJECTED", {"prompt"})),
        ({"name": "taken"}, (409, "CONFLICT", {"name"})),
    ],
    ids=["no name", "long name", "mode", "value", "parameter", "long words", "unfit words", "taken"],
)
def test_what_is_not_right_is_not_saved(
    alice: User, alice_client: Client, body: dict[str, object], answer: tuple[int, str, set[str]]
):
    create_preset(alice, "taken")
    assert code(call(alice_client, "POST", URL, **body)) == answer
    assert Preset.objects.count() == 1


def test_names_are_ones_own(alice: User, bob_client: Client):
    create_preset(alice, "Rainy days")
    assert call(bob_client, "POST", URL, name="Rainy days").status_code == 201


def test_it_is_changed_and_forgotten(alice: User, alice_client: Client):
    one = f"{URL}/{create_preset(alice).pk}"
    changed = call(alice_client, "PATCH", one, name="Sunny days", params={"paper": "letter"}).json()["data"]
    assert (changed["name"], changed["params"]["paper"], changed["params"]["complexity"]) == (
        "Sunny days",
        "letter",
        "standard",
    )
    assert call(alice_client, "PATCH", one, prompt="with a hat").json()["data"]["name"] == "Sunny days"
    assert code(call(alice_client, "PATCH", one, mode="imagine"))[:2] == (400, "VALIDATION_ERROR")
    assert alice_client.delete(one).status_code == 200
    assert not Preset.objects.exists()


def test_fifty_are_enough(alice: User, alice_client: Client):
    Preset.objects.bulk_create(Preset(user=alice, name=f"{n}", mode="coloring") for n in range(50))
    assert code(call(alice_client, "POST", URL, name="one more")) == (409, "CONFLICT", set())


def test_a_stranger_finds_nothing(bob_client: Client):
    one = f"{URL}/{create_preset(create_user('carol@example.org')).pk}"
    for method in ("PATCH", "DELETE"):
        assert code(call(bob_client, method, one))[0] == 404
    assert bob_client.get(URL).json()["data"]["items"] == []
