"""What submit accepts, and that a refusal changes nothing."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.models import User
from config.errors import AppError
from credits.invariants import violations
from credits.models import CreditAccount, UsageEvent
from generations.actions import cancel_job, delete_job, retry_job, submit
from generations.models import Job, Render
from tests.factories import COLORING, create_job, create_photo, create_user, deliver_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]


def code_of(act: Callable[[], object]) -> str:
    """The code of the error that `act` raises."""
    with pytest.raises(AppError) as caught:
        act()
    return caught.value.code


def test_accepting_charges_and_queues_in_one_go(alice: User) -> None:
    job = create_job(alice)
    assert (job.slot, Render.objects.get().price, OrmQ.objects.count()) == (1, 1, 1)
    assert CreditAccount.objects.balance_of(alice) == 9


def test_without_credits_nothing_is_written(db: None) -> None:
    poor = create_user(credits=0)
    photo = create_photo(poor)
    assert code_of(lambda: create_job(poor, photos=[photo])) == "NO_CREDITS"
    assert (Job.objects.count(), OrmQ.objects.count(), UsageEvent.objects.count()) == (0, 0, 0)


def test_one_job_at_a_time(alice: User) -> None:
    running = create_job(alice)
    with pytest.raises(AppError) as caught:
        create_job(alice)
    assert caught.value.code == "GENERATION_IN_FLIGHT"
    assert caught.value.details["job_id"] == [str(running.pk)]
    assert CreditAccount.objects.balance_of(alice) == 9


def test_an_ended_job_frees_its_slot(alice: User) -> None:
    deliver_job(create_job(alice))
    assert create_job(alice).slot == 1


def test_the_same_key_and_request_is_the_same_job(alice: User) -> None:
    photos = [create_photo(alice)]
    first = create_job(alice, photos=photos, idempotency_key="k")
    again = create_job(alice, photos=photos, idempotency_key="k")
    assert (first.pk, CreditAccount.objects.balance_of(alice)) == (again.pk, 9)


def test_the_same_key_with_another_request_is_refused(alice: User) -> None:
    photos = [create_photo(alice)]
    create_job(alice, photos=photos, idempotency_key="k")
    other = {"complexity": "simple"}
    refusal = code_of(lambda: create_job(alice, photos=photos, idempotency_key="k", params=other))
    assert (refusal, Job.objects.count()) == ("IDEMPOTENCY_MISMATCH", 1)


def test_a_key_belongs_to_its_user(alice: User, bob: User) -> None:
    create_job(alice, idempotency_key="k")
    assert create_job(bob, idempotency_key="k").user == bob


def test_a_key_is_forgotten_after_a_day(alice: User) -> None:
    photos = [create_photo(alice)]
    first = deliver_job(create_job(alice, photos=photos, idempotency_key="k"))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert create_job(alice, photos=photos, idempotency_key="k").pk != first.pk


def test_five_pages_an_hour(alice: User) -> None:
    for _number in range(5):
        deliver_job(create_job(alice))
    with pytest.raises(AppError) as caught:
        create_job(alice)
    assert caught.value.code == "RATE_LIMITED"
    assert 3500 < int(caught.value.headers["Retry-After"]) <= 3600
    assert CreditAccount.objects.balance_of(alice) == 5


def test_ten_pages_a_day(db: None) -> None:
    alice = create_user(credits=11)
    with time_machine.travel("2026-03-01T08:00:00+00:00") as clock:
        for _hour in range(2):
            for _number in range(5):
                deliver_job(create_job(alice))
            clock.shift(timedelta(hours=1, seconds=1))
        assert code_of(lambda: create_job(alice)) == "RATE_LIMITED"


def test_a_deleted_picture_still_counts(alice: User) -> None:
    for _number in range(5):
        delete_job(job=deliver_job(create_job(alice)))
    assert code_of(lambda: create_job(alice)) == "RATE_LIMITED"


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"params": {"complexity": "baroque"}}, "complexity"),
        ({"params": {"price": 0}}, "price"),
        ({"prompt": "x" * 801}, "prompt"),
        ({"prompt": "a\x00b"}, "prompt"),
        ({"idempotency_key": "k" * 10_000}, "idempotency_key"),
    ],
)
def test_bad_wishes_name_their_field(alice: User, wishes: dict[str, object], field: str) -> None:
    with pytest.raises(AppError) as caught:
        create_job(alice, **wishes)
    assert caught.value.code == "VALIDATION_ERROR"
    assert list(caught.value.details) == [field]
    assert not Job.objects.exists()


def test_a_mode_nobody_can_draw_is_refused(alice: User, settings: Settings) -> None:
    settings.PROVIDERS = []
    assert code_of(lambda: create_job(alice)) == "MODE_UNAVAILABLE"


def test_a_photo_is_needed(alice: User) -> None:
    refusal = code_of(lambda: submit(user=alice, mode="coloring", params=COLORING, photos=[]))
    assert refusal == "VALIDATION_ERROR"


def test_trying_again_is_a_new_job(alice: User) -> None:
    job = deliver_job(create_job(alice, prompt="permanent"))
    again = retry_job(job=job)
    assert (again.retry_of, again.params) == (job, job.params)


def test_a_running_job_is_not_tried_again(alice: User) -> None:
    job = create_job(alice)
    assert code_of(lambda: retry_job(job=job)) == "CONFLICT"


def test_a_cancel_gives_back_once(alice: User) -> None:
    job = create_job(alice)
    cancel_job(job=job)
    cancel_job(job=job)
    assert CreditAccount.objects.balance_of(alice) == 10
    assert violations() == []


def test_what_is_ready_is_not_cancelled(alice: User) -> None:
    job = deliver_job(create_job(alice))
    assert code_of(lambda: cancel_job(job=job)) == "CONFLICT"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_limits")
def test_24_at_once_with_credit_for_10_are_exactly_10(alice: User) -> None:
    photos, barrier = [create_photo(alice)], threading.Barrier(24)
    codes: Counter[str] = Counter()

    def ask() -> None:
        barrier.wait()
        try:
            create_job(alice, photos=photos)
            codes["accepted"] += 1
        except AppError as error:
            codes[error.code] += 1
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == {"accepted": 10, "NO_CREDITS": 14}
    assert violations() == []
