"""What dies is healed from outside."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.models import User
from credits.models import CreditAccount
from generations import supervisor
from generations.claims import claim_next
from generations.models import Attempt, Job, Render
from generations.run import run_next
from generations.states import JobStatus, RenderError, RenderStatus
from tests.factories import create_job, create_photo, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]

LATER = timedelta(minutes=1)


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def lose_a_claim() -> None:
    """A worker claims, writes its attempt and is never heard of again."""
    render = claim_next(at=timezone.now())
    assert render is not None
    number = render.attempts.count() + 1
    Attempt.objects.create(render=render, number=number, claim_no=render.claim_no, provider="fake")
    supervisor.heal(at=timezone.now() + LATER)


def test_a_lost_render_goes_back_into_the_queue(alice: User) -> None:
    job = create_job(alice)
    lose_a_claim()
    render = only_render(job)
    assert (render.status, render.lost_claims) == (RenderStatus.QUEUED, 1)
    assert render.attempts.get().outcome == Attempt.Outcome.LOST


def test_a_live_lease_is_left_alone(alice: User) -> None:
    job = create_job(alice)
    claim_next(at=timezone.now())
    supervisor.heal(at=timezone.now())
    assert only_render(job).status == RenderStatus.DRAWING


def test_the_third_lost_claim_fails_and_refunds(alice: User) -> None:
    job = create_job(alice)
    for _claim in range(3):
        lose_a_claim()
    render = only_render(job)
    assert (render.status, render.error_code) == (RenderStatus.FAILED, RenderError.WORKER_LOST)
    assert balance(alice) == 10


def test_nothing_takes_longer_than_its_deadline(alice: User) -> None:
    job = create_job(alice, prompt="transient")
    run_next()
    supervisor.heal(at=timezone.now() + timedelta(minutes=11))
    job.refresh_from_db()
    assert (job.status, only_render(job).error_code) == (JobStatus.FAILED, RenderError.TIMED_OUT)
    assert balance(alice) == 10


def test_what_nobody_starts_within_a_day_is_given_up(alice: User) -> None:
    job = create_job(alice)
    supervisor.heal(at=timezone.now() + timedelta(hours=25))
    assert only_render(job).error_code == RenderError.NEVER_STARTED
    assert balance(alice) == 10


def test_an_unclaimed_job_gives_its_slot_back_and_is_still_drawn(alice: User) -> None:
    photo = create_photo(alice)
    job = create_job(alice, photos=[photo])
    supervisor.heal(at=timezone.now() + timedelta(minutes=7))
    job.refresh_from_db()
    assert job.slot is None
    create_job(alice, photos=[photo])
    assert run_next()
    assert run_next()


def test_a_scheduled_job_takes_its_slot_when_due(alice: User) -> None:
    job = create_job(alice, scheduled_at=timezone.now() + timedelta(hours=1))
    assert job.slot is None
    supervisor.heal(at=timezone.now() + timedelta(hours=1, seconds=1))
    job.refresh_from_db()
    assert job.slot == 1


def test_due_work_without_a_message_gets_one(alice: User) -> None:
    create_job(alice)
    OrmQ.objects.all().delete()
    assert supervisor.publish_due(at=timezone.now()) == 1
    assert supervisor.publish_due(at=timezone.now()) == 0


def test_two_supervisors_do_each_act_once(alice: User) -> None:
    create_job(alice)
    claim_next(at=timezone.now())
    later = timezone.now() + LATER
    assert [supervisor.expire_leases(later), supervisor.expire_leases(later)] == [1, 0]


def test_chores_come_once_an_hour_however_long_the_pause(db: None, settings: Settings) -> None:
    now = timezone.now()
    chores = len(supervisor.CHORES)
    assert supervisor.publish_chores(now) == chores
    assert supervisor.publish_chores(now + timedelta(minutes=59)) == 0
    assert supervisor.publish_chores(now + timedelta(hours=24)) == chores
    assert supervisor.publish_chores(now + timedelta(hours=24, minutes=1)) == 0


def test_a_stale_view_of_a_render_fails_nothing(alice: User) -> None:
    create_job(alice)
    stale = claim_next(at=timezone.now())
    assert stale is not None
    Render.objects.update(claim_no=5)
    assert supervisor._fail_lost(stale, timezone.now() + LATER) is False
    assert Job.objects.get().status == JobStatus.PROCESSING
