"""The studio's numbers over the API."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import create_job, create_user, deliver_job

MONITOR = "/api/v1/admin/monitor"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]


def test_staff_read_the_numbers(alice: User, charlie_client: Client):
    deliver_job(create_job(alice))
    create_job(alice)
    data = charlie_client.get(MONITOR).json()["data"]
    assert (data["delivered"], data["queue_depth"], data["success_rate"]) == (1, 1, 1.0)
    assert [day["cost_micro_usd"] for day in data["cost_by_day"]] == [39_000]


def test_families_do_not(client: Client, alice_client: Client):
    assert alice_client.get(MONITOR).json()["error"]["code"] == "FORBIDDEN"
    assert client.get(MONITOR).json()["error"]["code"] == "UNAUTHORIZED"


def test_staff_who_left_do_not_either(charlie: User, charlie_client: Client):
    User.objects.filter(pk=charlie.pk).update(is_staff=False)
    assert charlie_client.get(MONITOR).status_code == 403


def test_it_costs_the_same_however_much_there_is(charlie_client: Client, django_assert_num_queries):
    for number in range(4):
        deliver_job(create_job(create_user(f"user{number}@example.org")))
    with django_assert_num_queries(12):  # session, staff, second factor, and the nine of the snapshot
        charlie_client.get(MONITOR)
