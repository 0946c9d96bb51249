"""The page that staff keep open."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.views.monitor import FAILURES_SHOWN, seconds, share
from tests.factories import create_job, create_user, deliver_job

MONITOR = "/admin/monitor/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]


def test_an_idle_studio(charlie_client: Client):
    page = charlie_client.get(MONITOR).content.decode()
    assert '<th scope="row">Pictures waiting</th><td>0</td>' in page
    assert '<th scope="row">Success rate</th><td>–</td>' in page
    assert "Nothing in the last seven days." in page


def test_what_went_well_and_what_did_not(alice: User, charlie_client: Client):
    deliver_job(create_job(alice))
    failed = deliver_job(create_job(alice, prompt="rejected"))
    page = charlie_client.get(MONITOR).content.decode()
    assert '<th scope="row">Success rate</th><td>50.0 %</td>' in page
    assert "<td>$0.04</td>" in page
    assert reverse("admin:generations_job_change", args=[failed.pk]) in page
    assert "<td>CONTENT_REJECTED</td><td>1</td>" in page


def test_it_names_nobody_and_tells_no_prompt(charlie_client: Client):
    deliver_job(create_job(create_user("olga@example.org", name="Olga"), prompt="rejected secret wish"))
    page = charlie_client.get(MONITOR).content.decode()
    assert "olga" not in page.lower()
    assert "secret wish" not in page


def test_its_numbers_refresh_themselves_without_a_script_of_its_own(charlie_client: Client):
    answer = charlie_client.get(MONITOR)
    assert 'hx-trigger="every 10s"' in answer.content.decode()
    assert " style=" not in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_only_the_newest_failures_are_shown(alice: User, charlie_client: Client):
    for _number in range(FAILURES_SHOWN + 1):
        deliver_job(create_job(alice, prompt="rejected"))
    assert charlie_client.get(MONITOR).content.decode().count("CONTENT_REJECTED") == FAILURES_SHOWN


def test_it_costs_the_same_however_much_there_is(charlie_client: Client, django_assert_num_queries):
    for number in range(4):
        deliver_job(create_job(create_user(f"user{number}@example.org"), prompt="rejected"))
    with django_assert_num_queries(13):  # session, staff, second factor, the nine of the snapshot, failures
        charlie_client.get(MONITOR)


def test_staff_find_it_from_the_first_page(charlie_client: Client):
    assert f'href="{MONITOR}"' in charlie_client.get("/admin/").content.decode()


def test_families_stay_out(alice_client: Client, client: Client):
    assert alice_client.get(MONITOR).status_code == 302
    assert client.get(MONITOR)["Location"] == f"/admin/login/?next={MONITOR}"


def test_what_is_not_known_is_a_dash():
    assert (seconds(None), share(None)) == ("–", "–")
    assert (seconds(1.26), share(0.995)) == ("1.3 s", "99.5 %")
