"""The site stays ready while its workers are killed: an hour of it with --full, CHAOS_MINUTES for another length."""

import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from accounts.models import User
from credits.actions import grant
from credits.invariants import violations
from credits.models import Reason
from generations.models import Job
from tests.chaos.harness import environment, wait_until, worker
from tests.factories import create_job, create_photo
from tests.postgres import free_port

KILL_EVERY, LOOK_EVERY = 4.0, 0.5  # seconds
GOOD_SHARE = 0.995


@contextmanager
def web() -> Iterator[str]:
    """gunicorn on the tests' database; yields the address of its readiness."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--threads",
        "8",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    log = (settings.VAR_DIR / "web.log").open("ab")
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(), stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/health/ready"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError):
        return False


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_provider", "no_limits")
def test_the_site_stays_ready_while_workers_die(alice: User, request: pytest.FixtureRequest) -> None:
    minutes = float(os.environ.get("CHAOS_MINUTES", 60 if request.config.getoption("full") else 0.25))
    dice, photos = random.Random(7), [create_photo(alice)]
    grant(user=alice, amount=100_000, reason=Reason.PURCHASE, key="hour")
    looks: list[bool] = []
    kills = 0
    with web() as address, worker(RENDER_LEASE_SECONDS="5") as workers:
        wait_until(lambda: is_ready(address), seconds=30)
        end = time.monotonic() + minutes * 60
        next_kill = time.monotonic() + KILL_EVERY
        while time.monotonic() < end:
            looks.append(is_ready(address))
            if time.monotonic() > next_kill and (victims := workers.cluster()):
                workers.send(signal.SIGKILL, dice.choice(victims))
                create_job(alice, photos=photos, prompt=f"sleep {dice.uniform(0, 1):.2f}")
                kills, next_kill = kills + 1, time.monotonic() + KILL_EVERY
            time.sleep(LOOK_EVERY)
        wait_until(lambda: not Job.objects.live().exists(), seconds=120)
    share = sum(looks) / len(looks)
    print(f"{minutes:g} minutes, {kills} kills, {len(looks)} looks, ready {share:.2%}")
    assert share >= GOOD_SHARE
    assert violations() == []
