"""Balance, ledger and modes over the API."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.factories import create_job, deliver_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]
FIELDS = {
    "balance", "held", "used_this_month", "uploads_left_hour", "generations_left_hour", "left_today", "resets_at",
}  # fmt: skip


def balance(client: Client) -> dict[str, object]:
    return client.get("/api/v1/credits").json()["data"]


def test_a_new_balance(alice_client: Client):
    data = balance(alice_client)
    assert set(data) == FIELDS
    assert [data[name] for name in ("balance", "held", "used_this_month")] == [10, 0, 0]
    assert [data[name] for name in ("uploads_left_hour", "generations_left_hour", "left_today")] == [
        10,
        5,
        10,
    ]


def test_a_page_in_the_making_is_held_and_then_used(alice: User, alice_client: Client):
    job = create_job(alice)
    assert [balance(alice_client)[name] for name in ("balance", "held")] == [9, 1]
    deliver_job(job)
    assert [balance(alice_client)[name] for name in ("balance", "held", "used_this_month")] == [9, 0, 1]


def test_the_day_ends_at_midnight_where_the_family_lives(alice: User, alice_client: Client):
    with time_machine.travel(datetime(2026, 11, 21, 15, tzinfo=UTC), tick=False):
        User.objects.filter(pk=alice.pk).update(time_zone="Australia/Sydney")
        client = Client()
        client.force_login(alice)
        assert balance(client)["resets_at"] == "2026-11-23T00:00:00+11:00"


def test_the_balance_costs_the_same_every_time(alice_client: Client, django_assert_num_queries):
    with django_assert_num_queries(8):  # session, user, account, three windows, held, used
        balance(alice_client)


def test_the_ledger_names_what_was_paid_for(alice: User, alice_client: Client):
    job = create_job(alice)
    items = alice_client.get("/api/v1/credits/events").json()["data"]["items"]
    assert [(item["amount"], item["reason"], item["balance_after"]) for item in items] == [
        (-1, "charge", 9),
        (10, "signup", 10),
    ]
    assert (items[0]["job_id"], items[0]["label"]) == (str(job.pk), "Page drawn")


def test_the_ledger_goes_on_where_it_ended(alice: User, alice_client: Client):
    create_job(alice)
    first = alice_client.get("/api/v1/credits/events", {"limit": 1}).json()["data"]
    rest = alice_client.get("/api/v1/credits/events", {"cursor": first["next_cursor"]}).json()["data"]
    assert [item["reason"] for item in first["items"] + rest["items"]] == ["charge", "signup"]
    assert rest["next_cursor"] is None


@pytest.mark.usefixtures("alice")
def test_nobody_sees_anothers_ledger(bob: User, bob_client: Client):
    (event,) = bob_client.get("/api/v1/credits/events").json()["data"]["items"]
    assert event["balance_after"] == 10
    assert bob.credit_account.events.get().pk == event["id"]


def test_the_ledger_costs_three_queries(alice_client: Client, django_assert_num_queries):
    with django_assert_num_queries(3):  # session, user, events
        alice_client.get("/api/v1/credits/events")


def test_a_mode_says_what_it_takes(alice_client: Client):
    (mode,) = [m for m in alice_client.get("/api/v1/modes").json()["data"] if m["name"] == "coloring"]
    assert (mode["available"], mode["photos"], mode["credits"]) == (True, {"least": 1, "most": 1}, 1)
    assert mode["parameters"]["properties"]["complexity"]["enum"] == ["simple", "standard", "detailed"]


def test_a_mode_nobody_can_draw_says_why(alice_client: Client, settings):
    settings.PROVIDERS = []
    (mode,) = [m for m in alice_client.get("/api/v1/modes").json()["data"] if m["name"] == "coloring"]
    assert (mode["available"], mode["reason"]) == (False, "Needs an AI provider")


def test_the_modes_cost_two_queries(alice_client: Client, django_assert_num_queries):
    with django_assert_num_queries(2):  # session, user
        alice_client.get("/api/v1/modes")


def test_who_am_i(alice: User, alice_client: Client, django_assert_num_queries):
    with django_assert_num_queries(2):  # session, user
        data = alice_client.get("/api/v1/auth/me").json()["data"]
    assert (data["id"], data["email"], data["is_staff"]) == (str(alice.pk), "alice@example.org", False)
