"""Pictures put together, over the API."""

import json

import pytest
from django.test import Client

from accounts.models import User
from generations.models import Collection, CollectionItem, Render
from tests.factories import create_collection, create_job, create_user, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
URL = "/api/v1/collections"


@pytest.fixture
def renders(alice: User) -> list[Render]:
    return [only_render(deliver_job(create_job(alice))) for _number in range(3)]


def call(client: Client, method: str, url: str, **body: object):
    return client.generic(method, url, json.dumps(body), content_type="application/json")


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def order(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["data"]["items"]]


def ids(*renders: Render) -> list[str]:
    return [str(render.pk) for render in renders]


def test_it_is_begun_named_and_taken_apart(alice_client: Client, renders: list[Render]):
    new = call(alice_client, "POST", URL, name="Summer")
    assert new.status_code == 201
    one = f"{URL}/{new.json()['data']['id']}"
    assert call(alice_client, "PATCH", one, name="Autumn").json()["data"]["name"] == "Autumn"
    call(alice_client, "PUT", f"{one}/items/{renders[0].pk}")
    (listed,) = alice_client.get(URL).json()["data"]["items"]
    assert (listed["name"], listed["pictures"]) == ("Autumn", 1)
    assert alice_client.delete(one).status_code == 200
    assert Render.objects.count() == 3
    assert not CollectionItem.objects.exists()


def test_pictures_go_to_the_end_or_to_their_place(alice: User, alice_client: Client, renders: list[Render]):
    first, second, third = renders
    one = f"{URL}/{create_collection(alice).pk}"
    for render in renders:
        found = order(call(alice_client, "PUT", f"{one}/items/{render.pk}"))
    assert found == ids(first, second, third)
    assert order(call(alice_client, "PUT", f"{one}/items/{third.pk}", position=0)) == ids(
        third, first, second
    )
    assert order(call(alice_client, "PUT", f"{one}/items/{third.pk}", position=99)) == ids(
        first, second, third
    )
    assert order(call(alice_client, "PUT", f"{one}/items/{first.pk}", position=1)) == ids(
        second, first, third
    )
    assert order(call(alice_client, "DELETE", f"{one}/items/{first.pk}")) == ids(second, third)
    assert order(alice_client.get(one)) == ids(second, third)


def test_a_deleted_picture_is_in_no_collection(alice: User, alice_client: Client, renders: list[Render]):
    one = f"{URL}/{create_collection(alice, *renders).pk}"
    assert alice_client.delete(f"/api/v1/renders/{renders[1].pk}").status_code == 200
    assert order(alice_client.get(one)) == ids(renders[0], renders[2])


def test_what_is_not_ready_is_not_put_in(alice: User, alice_client: Client):
    one = f"{URL}/{create_collection(alice).pk}"
    waiting = only_render(create_job(alice))
    assert code(call(alice_client, "PUT", f"{one}/items/{waiting.pk}")) == (409, "CONFLICT")


@pytest.mark.parametrize(
    ("name", "answer"),
    [("", (400, "VALIDATION_ERROR")), ("x" * 81, (400, "VALIDATION_ERROR")), ("Summer", (409, "CONFLICT"))],
    ids=["none", "long", "taken"],
)
def test_a_bad_name_changes_nothing(alice: User, alice_client: Client, name: str, answer: tuple[int, str]):
    create_collection(alice)
    other = create_collection(alice, name="Winter")
    assert code(call(alice_client, "POST", URL, name=name)) == answer
    assert code(call(alice_client, "PATCH", f"{URL}/{other.pk}", name=name)) == answer
    assert set(Collection.objects.values_list("name", flat=True)) == {"Summer", "Winter"}


def test_others_pictures_and_collections_do_not_exist(alice: User, bob_client: Client, renders: list[Render]):
    hers = create_collection(alice, *renders)
    bobs = create_collection(User.objects.get(email="bob@example.org"))
    for method, url in (
        ("GET", f"{URL}/{hers.pk}"),
        ("PATCH", f"{URL}/{hers.pk}"),
        ("DELETE", f"{URL}/{hers.pk}"),
        ("PUT", f"{URL}/{hers.pk}/items/{renders[0].pk}"),
        ("PUT", f"{URL}/{bobs.pk}/items/{renders[0].pk}"),
        ("DELETE", f"{URL}/{bobs.pk}/items/{renders[0].pk}"),
    ):
        body = {"name": "mine"} if method == "PATCH" else {}
        assert code(call(bob_client, method, url, **body)) == (404, "NOT_FOUND"), (method, url)
    assert hers.items.count() == 3


def test_reading_costs_the_same_however_much_is_in_it(
    alice: User, alice_client: Client, renders: list[Render], django_assert_num_queries
):
    one = create_collection(alice, *renders)
    with django_assert_num_queries(5):  # session, account, collection, pictures with their jobs, previews
        alice_client.get(f"{URL}/{one.pk}")
    create_collection(create_user("carol@example.org"))
    with django_assert_num_queries(3):
        alice_client.get(URL)
