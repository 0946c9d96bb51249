"""A database that goes away and comes back loses nothing. On a server of the test's own, so once, not on each database."""

import signal
import time
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from generations.models import Job, Worker
from generations.states import JobStatus
from tests.chaos.harness import (
    HEALED_WITHIN,
    all_ended,
    assert_one_effect,
    assert_sound,
    is_drawing,
    wait_for_start,
    wait_until,
    worker,
)
from tests.chaos.own_postgres import OwnPostgres, own_postgres
from tests.factories import create_job, create_photo, create_user

pytestmark = pytest.mark.usefixtures("fake_provider", "no_limits")


@pytest.fixture(scope="module")
def server(django_db_blocker: DjangoDbBlocker) -> Iterator[OwnPostgres]:
    with django_db_blocker.unblock(), own_postgres() as server:
        yield server


def test_a_worker_started_without_its_database_waits_for_it(server: OwnPostgres) -> None:
    job = create_job(create_user("early@example.org"))
    server.stop()
    with worker() as workers:
        time.sleep(3)
        assert workers.supervisor.poll() is None
        assert workers.cluster() == []
        server.start()
        print("drawn after", round(wait_until(all_ended, seconds=HEALED_WITHIN), 1), "s")
    assert_one_effect(job)


def test_a_database_that_is_away_while_jobs_run_loses_nothing(
    server: OwnPostgres, request: pytest.FixtureRequest
) -> None:
    away = 60 if request.config.getoption("full") else 10
    alice = create_user("alice@example.org", credits=20)
    photos = [create_photo(alice)]
    with worker(RENDER_LEASE_SECONDS="5") as workers:
        jobs = [create_job(alice, photos=photos, prompt="sleep 1") for _number in range(8)]
        wait_until(lambda: is_drawing(jobs[0]), seconds=30)
        server.stop()
        time.sleep(away)
        assert workers.supervisor.poll() is None
        server.start()
        print(f"away {away} s, all ended", round(wait_until(all_ended, seconds=120), 1), "s later")
        print("groups replaced:", Worker.objects.get().restarts)
        assert workers.supervisor.poll() is None
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.SUCCEEDED}
    for job in jobs:
        assert_one_effect(job)
    assert_sound()


@pytest.mark.full
def test_a_cluster_that_is_stuck_since_the_outage_is_replaced(server: OwnPostgres) -> None:
    user = create_user("stuck@example.org")
    with worker() as workers:
        wait_for_start(user)
        server.stop()
        pusher = workers.cluster()[-1]  # takes the messages; the last that the cluster starts
        workers.send(signal.SIGSTOP, pusher)
        time.sleep(3)
        server.start()
        job = create_job(user)
        print("replaced and drawn after", round(wait_until(all_ended, seconds=HEALED_WITHIN), 1), "s")
        wait_until(lambda: Worker.objects.get().restarts == 1, seconds=20)  # told every few seconds
    assert_one_effect(job)
    assert_sound()
