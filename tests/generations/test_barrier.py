"""Round after round of people asking at the very same moment: exactly as many are accepted as were paid for."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from config.errors import AppError
from credits.invariants import violations
from credits.models import CreditAccount, CreditEvent, Reason
from generations.models import Asset, Job
from tests.factories import create_job, create_photo, create_user

THREADS = {"sqlite": 24, "postgresql": 32}


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    """Threads that keep their connection from round to round, and close it at the end."""
    size = THREADS[connection.vendor]
    with ThreadPoolExecutor(max_workers=size) as pool:
        yield pool
        barrier = threading.Barrier(size)

        def leave(_number: int) -> None:
            barrier.wait()
            connection.close()

        list(pool.map(leave, range(size)))


def ask_at_once(crowd: ThreadPoolExecutor, user: User, photo: Asset) -> Counter[str]:
    """One submission by each of the crowd at the same moment; what they were answered."""
    size = THREADS[connection.vendor]
    barrier = threading.Barrier(size)

    def ask(_number: int) -> str:
        barrier.wait()
        try:
            create_job(user, photos=[photo])
        except AppError as error:
            return error.code
        return "accepted"

    return Counter(crowd.map(ask, range(size)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_provider", "no_limits")
def test_every_round_accepts_exactly_what_was_paid_for(
    crowd: ThreadPoolExecutor, request: pytest.FixtureRequest
) -> None:
    dice = random.Random(20260301)
    rounds = 200 if request.config.getoption("full") else 20
    size = THREADS[connection.vendor]
    for number in range(rounds):
        credits = dice.choice([0, 1, 2, size // 2, size - 1, size, size + 5])
        user = create_user(f"round{number}@example.org", credits=credits)
        answers = ask_at_once(crowd, user, create_photo(user))
        accepted = min(size, credits)
        expected = {"accepted": accepted, "NO_CREDITS": size - accepted}
        assert answers == {name: count for name, count in expected.items() if count}, number
        assert CreditAccount.objects.balance_of(user) == credits - accepted
        assert CreditEvent.objects.filter(account__user=user, reason=Reason.CHARGE).count() == accepted
    assert violations() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_provider")
def test_one_slot_is_taken_once(crowd: ThreadPoolExecutor) -> None:
    user = create_user(credits=5)
    answers = ask_at_once(crowd, user, create_photo(user))
    assert answers == {"accepted": 1, "GENERATION_IN_FLIGHT": THREADS[connection.vendor] - 1}
    assert Job.objects.in_flight().count() == 1
