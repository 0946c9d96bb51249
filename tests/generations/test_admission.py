"""When somebody else's model is called, and when it is not: rests, pace and money."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from config.errors import AppError
from credits.models import CreditAccount
from generations.actions import submit
from generations.admission import FAILURES_TO_REST, NotNow, heed
from generations.attempts import open_attempt
from generations.models import Attempt, Job, ProviderState, Render
from generations.providers import ProviderError, provider_named
from generations.run import run_next
from generations.states import JobStatus, RenderError, RenderStatus
from tests.factories import create_user, deliver_job, draw_all, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRICE = 39_000  # micro-dollars
FAILED = ProviderError("transient", "PROVIDER_ERROR")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """So that no test runs over midnight."""
    with time_machine.travel(NOON, tick=False):
        yield


def idea(number: int = 0) -> Job:
    """Asked for by a family of its own."""
    user = create_user(f"family{number}@example.org")
    return submit(user=user, mode="imagine", params={}, photos=[], prompt="a hedgehog")


def in_seconds(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def limit(settings: Settings, **own: object) -> None:
    gemini = settings.PROVIDER_OPTIONS["gemini"] | own
    settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "gemini": gemini}


def call(job: Job, settings: Settings) -> Attempt:
    """The record of a call that begins now. Raises NotNow."""
    provider = provider_named("gemini", settings.PROVIDER_OPTIONS)
    return open_attempt(only_render(job), provider, at=timezone.now())


def refused_until(job: Job, settings: Settings) -> datetime | None:
    with pytest.raises(NotNow) as caught:
        call(job, settings)
    return caught.value.until


def fail_in_a_row(times: int) -> None:
    ProviderState.objects.get_or_create(name="gemini")
    for _time in range(times):
        heed("gemini", FAILED, at=timezone.now())


def seconds_of_rest() -> float | None:
    state = ProviderState.objects.get(name="gemini")
    return (state.rests_until - timezone.now()).total_seconds() if state.rests_until else None


# --- Rests ------------------------------------------------------------------------------------------------------------


def test_failed_calls_one_after_the_other_stop_the_calls_of_everybody(gemini: Gemini):
    gemini.usual = "unavailable"
    jobs = [idea(1), idea(2)]
    for _call in range(FAILURES_TO_REST):
        Render.objects.filter(status=RenderStatus.QUEUED).update(not_before=timezone.now())
        assert run_next()
    jobs.append(idea(3))
    draw_all()
    assert len(gemini.calls) == FAILURES_TO_REST
    newest = only_render(jobs[-1])
    assert (newest.status, newest.attempts.count()) == (RenderStatus.QUEUED, 0)
    assert newest.not_before == timezone.now() + timedelta(seconds=30)


def test_after_its_rest_everything_is_drawn(gemini: Gemini):
    fail_in_a_row(FAILURES_TO_REST)
    job = idea()
    draw_all()
    with in_seconds(30):
        assert deliver_job(job).status == JobStatus.SUCCEEDED
    state = ProviderState.objects.get(name="gemini")
    assert (state.failures, state.rests_until, state.is_tried) == (0, None, False)


def test_four_failures_are_no_reason(gemini: Gemini, settings: Settings):
    fail_in_a_row(FAILURES_TO_REST - 1)
    assert seconds_of_rest() is None
    call(idea(), settings)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ProviderError("rejected", "CONTENT_REJECTED"),
        ProviderError("permanent", "PROVIDER_ERROR"),
        ProviderError("uncolourable", "NOT_COLOURABLE"),
    ],
    ids=["picture", "rejected", "permanent", "uncolourable"],
)
def test_whatever_is_an_answer_begins_the_count_anew(gemini: Gemini, error: ProviderError | None):
    fail_in_a_row(FAILURES_TO_REST - 1)
    heed("gemini", error, at=timezone.now())
    fail_in_a_row(1)
    assert seconds_of_rest() is None


def test_one_call_tries_and_the_others_wait_for_it(gemini: Gemini, settings: Settings):
    fail_in_a_row(FAILURES_TO_REST)
    with in_seconds(30):
        call(idea(1), settings)
        assert refused_until(idea(2), settings) == timezone.now() + timedelta(seconds=10)
        heed("gemini", None, at=timezone.now())
        call(idea(3), settings)


def test_each_failed_trial_makes_the_rest_longer(gemini: Gemini, settings: Settings):
    fail_in_a_row(FAILURES_TO_REST)
    rests = []
    for _trial in range(5):
        rests.append(seconds_of_rest())
        fail_in_a_row(1)
    assert rests == [30, 60, 120, 300, 300]


def test_a_trial_that_nobody_ended_is_repeated_after_two_minutes(gemini: Gemini, settings: Settings):
    fail_in_a_row(FAILURES_TO_REST)
    with in_seconds(30):
        call(idea(1), settings)
    with in_seconds(151):
        assert call(idea(3), settings).outcome == Attempt.Outcome.RUNNING


def test_a_busy_provider_is_left_alone_by_everybody_for_as_long_as_it_asks(gemini: Gemini):
    gemini.faults.append("rate limited")
    idea(1)
    assert run_next()
    idea(2)
    draw_all()
    assert len(gemini.calls) == 1
    assert seconds_of_rest() > 0


def test_another_provider_draws_meanwhile(gemini: Gemini, settings: Settings):
    settings.PROVIDERS = ["gemini", "embedded"]
    fail_in_a_row(FAILURES_TO_REST)
    job = deliver_job(idea())
    assert job.status == JobStatus.SUCCEEDED
    assert [attempt.provider for attempt in Attempt.objects.all()] == ["embedded"]
    assert gemini.calls == []


def test_our_own_engine_never_rests(alice, settings: Settings):
    settings.PROVIDERS = ["embedded"]
    heed("embedded", FAILED, at=timezone.now())
    assert not ProviderState.objects.exists()


def test_what_one_refuses_is_not_carried_to_the_next(gemini: Gemini, settings: Settings):
    settings.PROVIDERS = ["gemini", "embedded"]
    gemini.usual = "safety"
    job = deliver_job(idea())
    assert only_render(job).error_code == RenderError.CONTENT_REJECTED
    assert [attempt.provider for attempt in Attempt.objects.all()] == ["gemini"]


# --- Pace -------------------------------------------------------------------------------------------------------------


def test_no_more_calls_begin_within_a_minute_than_it_likes(gemini: Gemini, settings: Settings):
    limit(settings, calls_a_minute=2)
    for number in range(2):
        call(idea(number), settings)
    assert refused_until(idea(3), settings) == NOON + timedelta(minutes=1)
    with in_seconds(60):
        call(idea(4), settings)


def test_what_has_to_wait_for_its_turn_is_drawn_then(gemini: Gemini, settings: Settings):
    limit(settings, calls_a_minute=1)
    first, second = idea(1), idea(2)
    draw_all()
    assert [only_render(job).status for job in (first, second)] == ["delivered", "queued"]
    with in_seconds(60):
        assert deliver_job(second).status == JobStatus.SUCCEEDED


# --- Money ------------------------------------------------------------------------------------------------------------


def test_a_call_costs_its_price_until_its_end_is_known(gemini: Gemini, settings: Settings):
    assert call(idea(), settings).cost_micro_usd == PRICE


@pytest.mark.parametrize(
    ("fault", "cost"), [("unavailable", 0), ("safety", 0), ("html as png", PRICE), ("ok", PRICE)]
)
def test_what_brought_a_picture_was_paid_for(gemini: Gemini, fault: str, cost: int):
    gemini.usual = fault
    idea()
    assert run_next()
    assert Attempt.objects.get().cost_micro_usd == cost


def test_the_money_of_the_day_is_not_overspent(gemini: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD = 2 * PRICE
    jobs = [idea(number) for number in range(3)]
    draw_all()
    assert len(gemini.calls) == 2
    last = only_render(jobs[-1])
    assert (last.status, last.error_code) == (RenderStatus.FAILED, RenderError.PROVIDER_RATE_LIMITED)
    assert CreditAccount.objects.balance_of(jobs[-1].user) == 10


def test_when_it_is_spent_nothing_more_is_taken_nor_charged(gemini: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD = PRICE
    deliver_job(idea(1))
    with pytest.raises(AppError) as caught:
        idea(2)
    assert (caught.value.code, caught.value.headers) == ("SERVICE_UNAVAILABLE", {"Retry-After": "43200"})
    assert Job.objects.count() == 1
    with in_seconds(12 * 3600):
        assert deliver_job(idea(3)).status == JobStatus.SUCCEEDED


def test_when_it_is_spent_we_draw_ourselves_where_we_can(gemini: Gemini, settings: Settings):
    settings.PROVIDERS, settings.PROVIDER_DAILY_MICRO_USD = ["gemini", "embedded"], PRICE
    jobs = [deliver_job(idea(number)) for number in range(2)]
    assert [job.status for job in jobs] == [JobStatus.SUCCEEDED] * 2
    assert [Attempt.objects.get(render__job=job).provider for job in jobs] == ["gemini", "embedded"]


def test_operators_are_told_once_a_day(gemini: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD, settings.ADMINS = PRICE, [("", "operator@example.org")]
    deliver_job(idea())
    for number in range(3):
        with pytest.raises(AppError):
            idea(number + 1)
    assert [message.to for message in mail.outbox] == [["operator@example.org"]]
    assert "budget" in mail.outbox[0].subject


@pytest.mark.django_db(transaction=True)
def test_calls_that_begin_at_once_do_not_share_the_last_money(gemini: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD = 3 * PRICE
    jobs = [idea(number) for number in range(8)]
    assert sorted(at_once(jobs, settings)) == ["called"] * 3 + ["refused"] * 5


@pytest.mark.django_db(transaction=True)
def test_calls_that_begin_at_once_do_not_overtake_the_pace(gemini: Gemini, settings: Settings):
    limit(settings, calls_a_minute=3)
    jobs = [idea(number) for number in range(8)]
    assert sorted(at_once(jobs, settings)) == ["called"] * 3 + ["refused"] * 5


@pytest.mark.django_db(transaction=True)
def test_after_a_rest_exactly_one_of_eight_tries(gemini: Gemini, settings: Settings):
    fail_in_a_row(FAILURES_TO_REST)
    jobs = [idea(number) for number in range(8)]
    with in_seconds(30):
        assert sorted(at_once(jobs, settings)) == ["called"] + ["refused"] * 7


def at_once(jobs: list[Job], settings: Settings) -> list[str]:
    """What becomes of calls that begin in the same moment."""
    barrier = threading.Barrier(len(jobs))

    def begin(job: Job) -> str:
        barrier.wait()
        try:
            call(job, settings)
        except NotNow:
            return "refused"
        finally:
            connection.close()
        return "called"

    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        return list(pool.map(begin, jobs))
