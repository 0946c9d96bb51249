"""Who draws what, and for how long."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from generations.claims import Lease, claim_next
from generations.models import Render
from generations.states import JobStatus, RenderStatus
from tests.factories import create_job, create_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]


def test_a_claim_takes_the_render_and_starts_its_clock(alice: User) -> None:
    job = create_job(alice)
    now = timezone.now()
    render = claim_next(at=now)
    assert render is not None
    job.refresh_from_db()
    assert (render.status, render.claim_no, job.status) == (RenderStatus.DRAWING, 1, JobStatus.PROCESSING)
    assert render.deadline == now + timedelta(minutes=10)


def test_what_is_claimed_is_not_claimed_again(alice: User) -> None:
    create_job(alice)
    assert claim_next(at=timezone.now()) is not None
    assert claim_next(at=timezone.now()) is None


def test_scheduled_work_waits_for_its_time(alice: User) -> None:
    start = timezone.now() + timedelta(hours=1)
    create_job(alice, scheduled_at=start)
    assert claim_next(at=timezone.now()) is None
    assert claim_next(at=start) is not None


def test_paid_plans_go_first(alice: User) -> None:
    create_job(alice)
    paying = create_job(create_user("paying@example.org", plan=User.Plan.FAMILY))
    render = claim_next(at=timezone.now())
    assert render is not None
    assert render.job_id == paying.pk


@pytest.mark.usefixtures("no_limits")
def test_nobody_holds_every_worker_while_others_wait(alice: User, bob: User) -> None:
    first, _second = create_job(alice), create_job(alice)
    other = create_job(bob)
    claimed = [claim_next(at=timezone.now()), claim_next(at=timezone.now())]
    assert [render.job_id for render in claimed if render] == [first.pk, other.pk]


def test_a_lease_is_renewed_only_while_it_is_held(alice: User) -> None:
    create_job(alice)
    render = claim_next(at=timezone.now())
    assert render is not None
    lease = Lease(render)
    assert lease.renew() is True
    Render.objects.update(claim_no=2)
    assert lease.renew() is False


@pytest.mark.django_db(transaction=True)
def test_a_lease_outlives_a_database_that_stumbles(alice: User, settings: Settings) -> None:
    settings.RENDER_LEASE = timedelta(seconds=0.3)
    create_job(alice)
    render = claim_next(at=timezone.now())
    assert render is not None
    with Lease(render), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE generations_render RENAME TO away")
        time.sleep(0.4)
        cursor.execute("ALTER TABLE away RENAME TO generations_render")
        back = timezone.now()
        time.sleep(0.4)
    render.refresh_from_db()
    assert render.lease_until is not None
    assert render.lease_until > back + settings.RENDER_LEASE


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_limits")
def test_ten_workers_never_share_a_render(alice: User) -> None:
    for _number in range(5):
        create_job(alice)
    barrier, claimed = threading.Barrier(10), []

    def work() -> None:
        barrier.wait()
        while render := claim_next(at=timezone.now()):
            claimed.append(render.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(Render.objects.values_list("pk", flat=True))
