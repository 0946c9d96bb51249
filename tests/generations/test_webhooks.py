"""Replicate's webhooks: verified, stored once, and never believed in more than that there is news."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import allow_photos, keep_photos_here
from accounts.models import User
from credits.models import CreditAccount
from generations import supervisor
from generations.actions import cancel_job
from generations.cleanup import clean_up
from generations.models import Attempt, CallOff, Job, Render, WebhookEvent
from generations.photo_links import photo_link
from generations.run import run_next
from generations.states import RenderError, RenderStatus
from tests.factories import create_job, only_render
from tests.stand_ins.news import ENDED, NEW, OLD, address, send
from tests.stand_ins.replicate import Prediction, Replicate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable(settings: Settings) -> None:
    """As in production: others reach us, and Replicate signs what it sends."""
    settings.WEBHOOK_SECRETS = {"replicate": [NEW]}
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://pages.example.org"


def attempt_of(job: Job) -> Attempt:
    return Attempt.objects.get(render__job=job)


# --- Who is heard -----------------------------------------------------------------------------------------------------


def test_news_brings_the_look_forward(job: Job, replicate: Replicate):
    assert replicate.predictions["prediction1"].webhook.endswith(address(attempt_of(job).pk))
    assert send(attempt_of(job).pk) == 200
    assert run_next()
    assert only_render(job).status == RenderStatus.DELIVERED
    assert not WebhookEvent.objects.open().exists()


def test_what_it_says_of_the_picture_is_not_believed(job: Job, replicate: Replicate):
    replicate.looks_needed = 5
    assert send(attempt_of(job).pk, {"id": "prediction1", "status": "failed"}) == 200
    assert run_next()
    assert only_render(job).status == RenderStatus.WAITING


@pytest.mark.parametrize(
    "lie",
    [
        {"secret": OLD},
        {"age": timedelta(minutes=6)},
        {"age": timedelta(minutes=-6)},
        {"webhook_signature": ""},
        {"webhook_signature": "v1"},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1,%%%"},
        {"webhook_signature": "v2,AAAA"},
        {"webhook_signature": "x" * 5000},
        {"webhook_id": ""},
        {"webhook_id": "another"},
        {"webhook_timestamp": ""},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "1"},
        {"event_id": "x" * 121},
    ],
    ids=lambda lie: " ".join(f"{name} {str(value)[:20]}" for name, value in lie.items()),
)
def test_whoever_cannot_sign_is_not_heard(job: Job, lie: dict):
    assert send(attempt_of(job).pk, **lie) == 401
    assert not WebhookEvent.objects.exists()
    assert not run_next()


def test_a_body_that_was_changed_is_not_heard(job: Job):
    changed = json.dumps(ENDED).replace("prediction1", "prediction2").encode()
    assert send(attempt_of(job).pk, told=changed) == 401


def test_both_secrets_count_while_one_is_replaced(job: Job, settings: Settings):
    settings.WEBHOOK_SECRETS = {"replicate": [NEW, OLD]}
    assert send(attempt_of(job).pk, secret=OLD) == 200
    assert send(attempt_of(job).pk, secret=NEW) == 200


def test_without_a_secret_nobody_is_heard(job: Job, settings: Settings):
    settings.WEBHOOK_SECRETS = {"replicate": []}
    assert send(attempt_of(job).pk) == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[1]", 400),
        (b"{}", 400),
        (b'{"id": 3}', 400),
        (b'{"id": ""}', 400),
        (b'{"id": "' + b"x" * 81 + b'"}', 400),
        (b"[" * 100_000, 400),
        (b"not json", 400),
        (b"\xff\xfe", 401),  # what is no text cannot be signed
        (b" " * 1_000_001, 413),
    ],
    ids=[
        "nothing",
        "list",
        "no id",
        "number",
        "empty id",
        "long id",
        "deep",
        "no json",
        "no text",
        "too large",
    ],
)
def test_signed_nonsense_changes_nothing(job: Job, body: bytes, status: int):
    assert send(attempt_of(job).pk, body) == status
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize("unknown", [uuid4()], ids=["unknown"])
def test_news_about_nothing_of_ours_is_answered_and_forgotten(job: Job, unknown: object):
    assert send(unknown) == 200
    assert not WebhookEvent.objects.exists()


def test_an_address_that_is_none_is_not_found(job: Job):
    assert send("nothing") == 404


# --- Twice, early, late -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_message_a_hundred_times_at_once_is_one_event(job: Job):
    pk = attempt_of(job).pk

    def again(_number: int) -> int:
        try:
            return send(pk, event_id="msg_1")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(again, range(100)))
    assert set(statuses) == {200}
    assert WebhookEvent.objects.count() == 1


def test_news_about_another_prediction_moves_nothing(job: Job):
    assert send(attempt_of(job).pk, {"id": "prediction2"}) == 200
    assert not run_next()


@pytest.mark.django_db(transaction=True)
def test_news_before_the_asking_call_has_come_back(alice: User, replicate: Replicate):
    """The look comes at once and not ten seconds later."""
    allow_photos(user=alice, providers=["replicate"])
    job = create_job(alice)
    replicate.on_create = in_another_thread(lambda: send(attempt_of(job).pk))
    assert run_next()
    assert run_next()
    assert only_render(job).status == RenderStatus.DELIVERED


def test_news_after_delivery_changes_nothing(job: Job, alice: User):
    pk = attempt_of(job).pk
    assert send(pk) == 200
    assert run_next()
    assert send(pk, {"id": "prediction1", "status": "failed"}) == 200
    run_next()
    assert only_render(job).status == RenderStatus.DELIVERED
    assert balance(alice) == 9
    assert not WebhookEvent.objects.open().exists()


def test_a_picture_after_the_refund_is_a_present(job: Job, alice: User):
    supervisor.expire_deadlines(timezone.now() + timedelta(minutes=11))
    CallOff.objects.all().delete()  # the picture was ready before the provider heard of it
    assert send(attempt_of(job).pk) == 200
    assert run_next()
    render = only_render(job)
    assert (render.status, render.is_present, render.error_code) == (RenderStatus.DELIVERED, True, "")
    assert balance(alice) == 10
    attempt = attempt_of(job)
    assert (attempt.outcome, attempt.cost_micro_usd) == (Attempt.Outcome.DRAWN, 39_000)


def test_a_late_picture_that_is_none_leaves_the_failure(job: Job, alice: User, replicate: Replicate):
    supervisor.expire_deadlines(timezone.now() + timedelta(minutes=11))
    CallOff.objects.all().delete()
    replicate.predictions["prediction1"].fault = "html as png"
    assert send(attempt_of(job).pk) == 200
    assert run_next()
    assert only_render(job).error_code == RenderError.TIMED_OUT
    assert balance(alice) == 10


def test_a_picture_after_a_cancel_is_thrown_away(job: Job, alice: User):
    cancel_job(job=job)
    CallOff.objects.all().delete()
    assert send(attempt_of(job).pk) == 200
    assert run_next()
    assert only_render(job).status == RenderStatus.CANCELED
    assert not only_render(job).assets.exists()
    assert balance(alice) == 10


def test_what_was_asked_for_without_an_answer_is_used_and_not_paid_twice(alice: User, replicate: Replicate):
    """The provider has taken the call, but its answer was lost: its news tells us of it."""
    allow_photos(user=alice, providers=["replicate"])
    job = create_job(alice)
    replicate.faults.append("half body")
    assert run_next()
    assert only_render(job).status == RenderStatus.QUEUED
    assert attempt_of(job).external_id == ""
    assert not run_next(), "the news is waited for"
    assert send(attempt_of(job).pk) == 200
    assert run_next()
    assert run_next()
    assert only_render(job).status == RenderStatus.DELIVERED
    assert len(replicate.predictions) == 1


def test_an_answer_that_was_lost_holds_up_nobody_else(alice: User, bob: User, replicate: Replicate):
    """The wait for its news is one of that picture alone."""
    for user in (alice, bob):
        allow_photos(user=user, providers=["replicate"])
        create_job(user)
    replicate.faults.append("half body")
    assert (run_next(), run_next(), run_next()) == (True, True, False)
    statuses = Render.objects.values_list("status", flat=True)
    assert set(statuses) == {RenderStatus.QUEUED, RenderStatus.WAITING}


def test_what_comes_when_it_was_asked_for_again_is_called_off(alice: User, replicate: Replicate):
    allow_photos(user=alice, providers=["replicate"])
    job = create_job(alice)
    replicate.faults.append("half body")
    assert run_next()
    first = attempt_of(job)
    with time_machine.travel(timezone.now() + timedelta(seconds=21)):
        assert run_next()
        assert send(first.pk) == 200
        assert run_next()
        assert CallOff.objects.get().external_id == "prediction1"


def test_events_go_after_a_week(job: Job):
    assert send(attempt_of(job).pk) == 200
    clean_up(at=timezone.now() + timedelta(days=6, hours=23))
    assert WebhookEvent.objects.exists()
    clean_up(at=timezone.now() + timedelta(days=7, hours=1))
    assert not WebhookEvent.objects.exists()


# --- Photos that are fetched ------------------------------------------------------------------------------------------


def path_of(link: str) -> str:
    return link.removeprefix("https://pages.example.org")


def test_the_photo_is_fetched_by_a_signed_address(job: Job, replicate: Replicate):
    (link,) = replicate.predictions["prediction1"].input["image_input"]
    answer = Client().get(path_of(link), secure=True)
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"\xff\xd8")


def test_the_address_dies_after_a_quarter_of_an_hour(job: Job):
    link = path_of(photo_link(job.inputs.get(), "replicate"))
    with time_machine.travel(timezone.now() + timedelta(minutes=14, seconds=50)):
        assert b"".join(Client().get(link, secure=True))
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=2)):
        assert Client().get(link, secure=True).status_code == 404


@pytest.mark.parametrize("change", [lambda link: link[:-3] + "x/", lambda link: link.replace(":", "", 1)])
def test_a_changed_address_leads_nowhere(job: Job, change: Callable[[str], str]):
    assert (
        Client().get(change(path_of(photo_link(job.inputs.get(), "replicate"))), secure=True).status_code
        == 404
    )


def test_a_yes_taken_back_closes_the_address(job: Job, alice: User):
    link = path_of(photo_link(job.inputs.get(), "replicate"))
    keep_photos_here(user=alice)
    assert Client().get(link, secure=True).status_code == 404


# --- Helpers ----------------------------------------------------------------------------------------------------------


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def in_another_thread(act: Callable[[], object]) -> Callable[[Prediction], None]:
    """For the service's own threads: their connection is closed after the act."""

    def acted(_made: Prediction) -> None:
        try:
            act()
        finally:
            connection.close()

    return acted
