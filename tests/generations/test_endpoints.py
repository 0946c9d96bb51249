"""Programs are told when a job ends: signed, again and again for a day, and nobody inside is ever asked."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook

from accounts.models import User
from config.errors import AppError
from generations import deliveries, supervisor
from generations.actions import cancel_job
from generations.actions.endpoints import MOST_ENDPOINTS, add_endpoint, ping
from generations.cleanup import clean_up
from generations.deliveries import AGAIN_AFTER, send_next
from generations.models import Delivery, WebhookEndpoint
from generations.run import run_next
from tests.factories import create_endpoint, create_job, deliver_job, draw_all
from tests.stand_ins.server import Answer, Call, StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
URL = "/api/v1/webhook-endpoints"
Outcome = Delivery.Outcome


class Program(StandIn):
    """Somebody's program: answers with the status that it is told to."""

    def answer(self, call: Call, fault: str) -> Answer:
        return Answer.of({}, 200 if fault == "ok" else int(fault))


@pytest.fixture
def program(settings: Settings) -> Iterator[Program]:
    settings.OUTGOING_LOOPBACK = True
    service = Program(hang_seconds=1)
    with service.running():
        yield service


@pytest.fixture
def endpoint(alice: User, program: Program) -> WebhookEndpoint:
    return add_endpoint(
        user=alice, url=f"{program.address.replace('127.0.0.1', 'localhost.localdomain')}/news"
    )


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """localhost.localdomain is this machine wherever the tests run."""
    real = socket.getaddrinfo

    def find(name: str, *rest: object, **named: object):
        return real("127.0.0.1" if name == "localhost.localdomain" else name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", find)


def sent(program: Program, endpoint: WebhookEndpoint) -> list[dict]:
    """What has arrived, each with a right signature."""
    for call in program.calls:
        Webhook(endpoint.secret).verify(call.body, call.headers, json_parse=False)
    return [call.json() for call in program.calls]


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


# --- What is told -----------------------------------------------------------------------------------------------------


def test_the_end_of_a_job_is_told(alice: User, program: Program, endpoint: WebhookEndpoint):
    job = deliver_job(create_job(alice, prompt="a secret wish"))
    (message,) = sent(program, endpoint)
    assert message["type"] == "job.ended"
    assert message["data"] == {"id": str(job.pk), "mode": "coloring", "status": "succeeded"}
    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.tries, delivery.last_status) == (Outcome.DELIVERED, 1, 200)
    assert program.calls[0].headers["webhook-id"] == str(delivery.pk)
    assert not send_next()


def test_failure_and_cancel_are_ends_too(alice: User, program: Program, endpoint: WebhookEndpoint):
    deliver_job(create_job(alice, prompt="rejected"))
    cancel_job(job=create_job(alice))
    draw_all()
    assert [message["data"]["status"] for message in sent(program, endpoint)] == ["failed", "canceled"]


def test_only_the_owners_programs_are_told(bob: User, program: Program, endpoint: WebhookEndpoint):
    deliver_job(create_job(bob))
    assert (program.calls, Delivery.objects.count()) == ([], 0)


def test_a_ping_only_says_hello(program: Program, endpoint: WebhookEndpoint):
    ping(endpoint=endpoint)
    assert run_next()
    assert [(message["type"], message["data"]) for message in sent(program, endpoint)] == [("ping", {})]


# --- When it does not arrive ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["500", "302", "404", "reset", "hang"])
def test_it_is_sent_again_later(program: Program, endpoint: WebhookEndpoint, fault: str, settings: Settings):
    program.faults.append(fault)
    ping(endpoint=endpoint)
    assert send_next()
    assert not send_next()
    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.tries) == (Outcome.PENDING, 1)
    assert delivery.last_status == (int(fault) if fault.isdecimal() else None)
    OrmQ.objects.all().delete()
    with later(AGAIN_AFTER[0] + 1):
        assert supervisor.publish_due(at=timezone.now()) == 1
        assert send_next()
    assert {call.headers["webhook-id"] for call in program.calls} == {str(delivery.pk)}
    assert Delivery.objects.get().outcome == Outcome.DELIVERED


def test_after_a_day_it_is_given_up(program: Program, endpoint: WebhookEndpoint):
    program.usual = "503"
    ping(endpoint=endpoint)
    begun = timezone.now()
    with time_machine.travel(begun) as clock:
        while Delivery.objects.filter(outcome=Outcome.PENDING).exists():
            assert send_next()
            clock.move_to(max(Delivery.objects.get().not_before, timezone.now()) + timedelta(milliseconds=1))
        assert timezone.now() - begun < timedelta(days=1)
    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.tries) == (Outcome.FAILED, len(AGAIN_AFTER) + 1)


def test_a_program_that_wants_no_more_is_told_no_more(
    alice: User, program: Program, endpoint: WebhookEndpoint
):
    program.usual = "410"
    ping(endpoint=endpoint)
    assert send_next()
    assert Delivery.objects.get().outcome == Outcome.FAILED
    deliver_job(create_job(alice))
    assert len(program.calls) == 1


def test_what_a_killed_worker_was_sending_is_sent_by_another(program: Program, endpoint: WebhookEndpoint):
    delivery = ping(endpoint=endpoint)
    Delivery.objects.update(tries=1, not_before=timezone.now() + timedelta(seconds=60))
    assert not send_next()
    with later(61):
        assert send_next()
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.outcome) == (2, Outcome.DELIVERED)


def test_two_workers_do_not_send_it_both(program: Program, endpoint: WebhookEndpoint):
    ping(endpoint=endpoint)
    one, other = Delivery.objects.get(), Delivery.objects.get()
    at = timezone.now()
    assert [deliveries._takes(one, at), deliveries._takes(other, at)] == [True, False]
    assert not Delivery.objects.due(at=at + timedelta(seconds=59)).exists()


def test_the_log_of_deliveries_is_a_week_long(endpoint: WebhookEndpoint):
    ping(endpoint=endpoint)
    clean_up(at=timezone.now() + timedelta(days=6, hours=23))
    assert Delivery.objects.exists()
    clean_up(at=timezone.now() + timedelta(days=7, minutes=1))
    assert not Delivery.objects.exists()


# --- Where nobody may send --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://program.example.org/",
        "https://user:word@program.example.org/",
        "https://localhost/",
        "ftp://program.example.org/",
        "https:///news",
        "news",
        "",
        "https://program.example.org/" + "x" * 500,
    ],
    ids=["http", "a password", "a name without a dot", "ftp", "no host", "no address", "empty", "long"],
)
def test_such_an_address_is_refused(alice: User, url: str):
    with pytest.raises(AppError) as caught:
        create_endpoint(alice, url)
    assert (caught.value.code, set(caught.value.details)) == ("VALIDATION_ERROR", {"url"})
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "localhost.localdomain"]
)
def test_nothing_is_sent_into_a_network_that_is_not_public(
    alice: User, program: Program, settings: Settings, host: str
):
    settings.OUTGOING_LOOPBACK = False
    delivery = ping(endpoint=create_endpoint(alice, f"https://{host}/"))
    assert send_next()
    delivery.refresh_from_db()
    assert (delivery.last_status, delivery.outcome, program.calls) == (None, Outcome.PENDING, [])


def test_five_are_enough(alice: User):
    for _number in range(MOST_ENDPOINTS):
        create_endpoint(alice)
    with pytest.raises(AppError, match="Remove one"):
        create_endpoint(alice)


# --- The API ----------------------------------------------------------------------------------------------------------


def add(client: Client, url: str):
    return client.post(URL, json.dumps({"url": url}), content_type="application/json")


def test_an_address_is_added_listed_tried_and_removed(alice_client: Client):
    new = add(alice_client, "https://program.example.org/news")
    assert new.status_code == 201
    data = new.json()["data"]
    assert data["secret"].startswith("whsec_")
    (listed,) = alice_client.get(URL).json()["data"]["items"]
    assert "secret" not in listed
    one = f"{URL}/{data['id']}"
    assert alice_client.post(f"{one}/ping").status_code == 202
    (log,) = alice_client.get(f"{one}/deliveries").json()["data"]["items"]
    assert (log["payload"]["type"], log["outcome"], log["tries"]) == ("ping", "pending", 0)
    assert alice_client.delete(one).status_code == 200
    assert not WebhookEndpoint.objects.exists()
    assert not Delivery.objects.exists()


def test_a_bad_address_names_its_field(alice_client: Client):
    answer = add(alice_client, "http://program.example.org/")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["details"]) == {"url"}
