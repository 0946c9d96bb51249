"""My pictures."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.models import Render
from generations.views import library
from tests.factories import AS_IT_IS, create_job
from tests.generations.views.conftest import DeliverPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
PICTURES = "/pictures/"


def shown(client: Client, **query: str) -> list[Render]:
    return list(client.get(PICTURES, query).context["renders"])


def test_it_is_empty_at_first(alice_client: Client):
    assert "Nothing here yet" in alice_client.get(PICTURES).content.decode()


def test_the_newest_comes_first_and_strangers_see_nothing(
    alice: User, alice_client: Client, bob_client: Client, deliver_page: DeliverPage
):
    first, second = deliver_page(alice), deliver_page(alice)
    assert shown(alice_client) == [second, first]
    assert shown(bob_client) == []


def test_of_each_page_the_newest_version_is_shown(
    alice: User, alice_client: Client, deliver_page: DeliverPage
):
    render = deliver_page(alice)
    retune = reverse("generations:retune", args=[render.pk])
    alice_client.post(retune, AS_IT_IS | {"line_thickness": "thick"})
    assert [one.version for one in shown(alice_client)] == [2]


def test_a_running_job_is_linked(alice: User, alice_client: Client):
    job = create_job(alice)
    assert reverse("generations:job", args=[job.pk]) in alice_client.get(PICTURES).content.decode()


def test_more_are_fetched_by_cursor(
    alice: User, alice_client: Client, deliver_page: DeliverPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(library, "PICTURES_A_PAGE", 2)
    renders = [deliver_page(alice) for _ in range(3)]
    page = alice_client.get(PICTURES)
    cursor = page.context["next_cursor"]
    assert "Show more" in page.content.decode()
    assert shown(alice_client, cursor=cursor) == renders[:1]
    part = alice_client.get(PICTURES, {"cursor": cursor}, headers={"HX-Request": "true"})
    assert b"<html" not in part.content


def test_a_made_up_cursor_is_refused(alice_client: Client):
    assert alice_client.get(PICTURES, {"cursor": "x"}).status_code == 400


def test_it_costs_a_constant_number_of_queries(
    alice: User, alice_client: Client, deliver_page: DeliverPage, django_assert_num_queries
):
    for _ in range(3):
        deliver_page(alice)
    with django_assert_num_queries(6):  # session, user, running, pictures, thumbnails, balance
        alice_client.get(PICTURES)
