"""What is drawn elsewhere and answers later: asked, looked after, fetched, delivered; failed, called off, or lost."""

from contextlib import closing
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from accounts.actions import allow_photos
from accounts.closing import close_account
from accounts.models import User
from credits.models import CreditAccount
from generations import later, supervisor
from generations.actions import cancel_job, delete_photo
from generations.actions.outcome import take_back
from generations.models import Attempt, CallOff, Job, Render
from generations.run import run_next
from generations.states import JobStatus, RenderError, RenderStatus, Stage
from tests.factories import create_job, only_render
from tests.stand_ins.replicate import Prediction, Replicate

pytestmark = pytest.mark.django_db


def look(seconds: float = 11) -> bool:
    """The next thing that is due so many seconds later."""
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        return run_next()


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def test_a_waiting_render_holds_no_worker_and_no_lease(job: Job):
    render = only_render(job)
    job.refresh_from_db()
    assert (render.status, render.lease_until, job.stage) == (RenderStatus.WAITING, None, Stage.WAITING)
    assert Attempt.objects.get().external_id == "prediction1"
    assert not run_next(), "nothing is due for ten seconds"


def test_it_is_looked_after_and_delivered(job: Job, alice: User):
    assert look()
    job.refresh_from_db()
    render = only_render(job)
    assert (job.status, render.status, render.verdict["ok"]) == (
        JobStatus.SUCCEEDED,
        RenderStatus.DELIVERED,
        True,
    )
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.cost_micro_usd) == (Attempt.Outcome.DRAWN, 39_000)
    assert balance(alice) == 9


def test_what_is_not_ready_is_looked_at_again_half_a_minute_later(job: Job, replicate: Replicate):
    replicate.looks_needed = 2
    assert look(11)
    assert not look(40)
    assert look(42)
    assert only_render(job).status == RenderStatus.DELIVERED


def test_the_supervisor_publishes_a_look_that_is_due(job: Job):
    OrmQ.objects.all().delete()
    at = timezone.now()
    assert supervisor.publish_due(at=at) == 0
    assert supervisor.publish_due(at=at + timedelta(seconds=11)) == 1


def test_a_look_that_fails_says_nothing_of_the_picture(job: Job, replicate: Replicate):
    replicate.faults.extend(["unavailable", "reset"])
    assert look(11)
    assert look(42)
    assert only_render(job).status == RenderStatus.WAITING
    assert look(73)
    assert only_render(job).status == RenderStatus.DELIVERED


def test_a_prediction_that_is_gone_fails_kindly(job: Job, replicate: Replicate):
    replicate.predictions.clear()
    assert look(11)
    render = only_render(job)
    assert (render.status, render.error_code) == (RenderStatus.FAILED, RenderError.PROVIDER_ERROR)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("list", RenderStatus.DELIVERED, ""),
        ("failed", RenderStatus.QUEUED, ""),
        ("deleted", RenderStatus.QUEUED, ""),
        ("html as png", RenderStatus.QUEUED, ""),
        ("cut png", RenderStatus.QUEUED, ""),
        ("empty png", RenderStatus.QUEUED, ""),
        ("no image", RenderStatus.QUEUED, ""),
        ("photograph", RenderStatus.QUEUED, ""),
        ("safety", RenderStatus.FAILED, RenderError.CONTENT_REJECTED),
        ("private address", RenderStatus.FAILED, RenderError.BAD_OUTPUT),
        ("file address", RenderStatus.FAILED, RenderError.BAD_OUTPUT),
        ("foreign host", RenderStatus.FAILED, RenderError.BAD_OUTPUT),
    ],
)
def test_each_ending_has_its_consequence(
    job: Job, alice: User, replicate: Replicate, fault: str, status: str, code: str
):
    replicate.predictions["prediction1"].fault = fault
    assert look()
    render = only_render(job)
    assert (render.status, render.error_code) == (status, code)
    assert balance(alice) == (10 if status == RenderStatus.FAILED else 9)


def test_a_fetch_that_fails_is_repeated_and_the_drawing_is_not(job: Job, replicate: Replicate):
    """The first call is the look, the next two are for the file."""
    replicate.faults.extend(["ok", "reset", "unavailable"])
    assert look()
    assert only_render(job).status == RenderStatus.DELIVERED
    assert len(replicate.predictions) == 1


def test_two_who_look_at_once_deliver_once(job: Job, alice: User):
    render = only_render(job)
    at = timezone.now()
    assert take_back(render=render, at=at) is not None
    assert take_back(render=render, at=at) is None


def test_only_one_of_two_who_read_the_same_row_looks(job: Job):
    render, at = only_render(job), timezone.now() + timedelta(seconds=11)
    assert later._takes_the_look(render, at) is True
    assert later._takes_the_look(render, at) is False


# --- Somebody waits ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "looks"), [(4, 0), (6, 1)])
def test_whoever_reads_a_stale_job_brings_the_look_forward(
    job: Job, alice_client: Client, replicate: Replicate, seconds: int, looks: int
):
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        alice_client.get(reverse("generations:job", args=[job.pk]))
        run_next()
    assert replicate.predictions["prediction1"].looks == looks


# --- Nobody wants it any more -----------------------------------------------------------------------------------------


def test_a_cancelled_job_is_called_off(job: Job, alice: User, replicate: Replicate):
    cancel_job(job=job)
    assert CallOff.objects.count() == 1
    assert run_next()
    assert replicate.predictions["prediction1"].canceled
    assert not CallOff.objects.exists()
    assert balance(alice) == 10
    assert not look(60), "nothing is left to look after"


def test_a_deleted_photo_calls_its_drawing_off(job: Job, replicate: Replicate):
    delete_photo(photo=job.inputs.get())
    assert run_next()
    assert replicate.predictions["prediction1"].canceled


def test_a_closed_account_calls_its_drawings_off(job: Job, alice: User, replicate: Replicate):
    close_account(user=alice)
    assert not Render.objects.exists()
    assert run_next()
    assert replicate.predictions["prediction1"].canceled


def test_a_deadline_calls_off_and_refunds(job: Job, alice: User, replicate: Replicate):
    assert supervisor.expire_deadlines(timezone.now() + timedelta(minutes=11)) == 1
    assert only_render(job).error_code == RenderError.TIMED_OUT
    assert balance(alice) == 10
    assert run_next()
    assert replicate.predictions["prediction1"].canceled


def test_a_call_off_is_repeated_until_it_is_heard(job: Job, replicate: Replicate):
    cancel_job(job=job)
    replicate.faults.append("unavailable")
    assert run_next()
    assert CallOff.objects.count() == 1
    assert not run_next()
    assert look(11)
    assert replicate.predictions["prediction1"].canceled
    assert not CallOff.objects.exists()


def test_a_call_off_that_is_never_heard_ends(job: Job, replicate: Replicate):
    cancel_job(job=job)
    replicate.usual = "unavailable"
    tries = sum(look(seconds) for seconds in (0, 11, 40, 90, 200, 600, 2000))
    assert (tries, CallOff.objects.count()) == (CallOff.MOST_TRIES, 0)


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_during_a_cancel_is_called_off(alice: User, replicate: Replicate):
    """The job is cancelled while the call that asks for its picture is under way."""
    allow_photos(user=alice, providers=["replicate"])
    job = create_job(alice)

    def cancel(_made: Prediction) -> None:
        with closing(connection):  # another thread's own
            cancel_job(job=job)

    replicate.on_create = cancel
    assert run_next()
    assert CallOff.objects.get().external_id == "prediction1"
    assert Attempt.objects.get().outcome == Attempt.Outcome.LOST


# --- Workers die ------------------------------------------------------------------------------------------------------


def test_a_worker_that_dies_while_it_fetches_does_not_draw_again(job: Job, replicate: Replicate):
    take_back(render=only_render(job), at=timezone.now())
    assert supervisor.expire_leases(timezone.now() + timedelta(minutes=1)) == 1
    render = only_render(job)
    assert (render.status, render.lost_claims) == (RenderStatus.WAITING, 1)
    assert look(61)
    assert only_render(job).status == RenderStatus.DELIVERED
    assert len(replicate.predictions) == 1


def test_the_third_worker_that_dies_fails_the_render_and_calls_off(
    job: Job, alice: User, replicate: Replicate
):
    for _time in range(3):
        take_back(render=only_render(job), at=timezone.now())
        supervisor.expire_leases(timezone.now() + timedelta(minutes=1))
    assert only_render(job).error_code == RenderError.WORKER_LOST
    assert balance(alice) == 10
    assert CallOff.objects.count() == 1
