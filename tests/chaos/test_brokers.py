"""Messages that are lost, forged or never sent cost nobody a picture."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django_q.models import OrmQ

from accounts.models import User
from generations.models import Job
from tests.chaos.harness import (
    HEALED_WITHIN,
    all_ended,
    assert_one_effect,
    assert_sound,
    environment,
    is_drawing,
    wait_until,
    worker,
)
from tests.factories import create_job, create_photo
from tests.redis_server import RedisServer, private_redis

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fake_provider", "no_limits"),
]

OTHER_KEY = "another-key-that-is-long-enough-to-be-taken-for-one"
NO_LIMITS = dict.fromkeys(("FREE_PAGES_AN_HOUR", "FREE_PAGES_A_DAY", "FREE_JOBS_IN_FLIGHT"), "1000")


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with private_redis() as server:
        yield server


def submit(count: int, prompt: str, *, redis: RedisServer) -> float:
    """Submits for Alice in a process that uses this Redis; the slowest in seconds."""
    command = [sys.executable, "-m", "tests.chaos.submit", "alice@example.org", str(count), prompt]
    variables = environment(REDIS_URL=redis.url, DJANGO_SETTINGS_MODULE="config.settings", **NO_LIMITS)
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=variables, stdout=subprocess.PIPE, text=True, check=True
    )
    return float(done.stdout)


def test_forged_messages_and_those_of_an_older_key_are_replaced(alice: User) -> None:
    photos = [create_photo(alice)]
    jobs = [create_job(alice, photos=photos) for _number in range(4)]
    forged = OrmQ.objects.order_by("pk")[:2].values_list("pk", flat=True)
    OrmQ.objects.filter(pk__in=list(forged)).update(payload="gASVforged:1abcde:c2lnbmF0dXJl")
    with worker(SECRET_KEY=OTHER_KEY):
        print("all drawn in", round(wait_until(all_ended, seconds=HEALED_WITHIN), 1), "s")
    for job in jobs:
        assert_one_effect(job)
    assert_sound()


def test_redis_may_be_emptied_killed_and_started_again(alice: User, redis: RedisServer) -> None:
    submit(2, "", redis=redis)
    with redis.client as connection:
        assert connection.dbsize() == 1
        connection.flushall()
    with worker(REDIS_URL=redis.url) as workers:
        print("emptied: all drawn in", round(wait_until(all_ended, seconds=HEALED_WITHIN), 1), "s")
        submit(3, "sleep 1.5", redis=redis)
        wait_until(lambda: is_drawing(Job.objects.newest_first()[2]), seconds=10)
        redis.kill()
        assert submit(2, "", redis=redis) < 5
        redis.start()
        print("restarted: all drawn in", round(wait_until(all_ended, seconds=HEALED_WITHIN), 1), "s")
        assert workers.supervisor.poll() is None
    assert OrmQ.objects.count() == 0
    for job in Job.objects.all():
        assert_one_effect(job)
    assert_sound()
