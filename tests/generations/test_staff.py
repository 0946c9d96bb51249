"""What staff do to a family's job: once, with a reason on record, and the ledger sound after it."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEntry, User
from config.errors import AppError
from credits.invariants import violations
from credits.models import CreditAccount, CreditEvent, UsageEvent
from generations.actions.staff import staff_cancel, staff_refund, staff_refund_job, staff_requeue
from generations.claims import claim_next
from generations.invariants import jobs_agree, tries_within_bounds
from generations.models import Attempt, Job, Render
from generations.states import JobStatus, RenderStatus
from tests.factories import create_job, create_user, deliver_job, draw_all, only_render

WHY = "the family wrote to us"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; the books are as they were and in order."""
    before = (CreditEvent.objects.count(), AuditEntry.objects.count(), Job.objects.count())
    with pytest.raises(AppError) as caught:
        act()
    assert (CreditEvent.objects.count(), AuditEntry.objects.count(), Job.objects.count()) == before
    return caught.value.code


def requeue(job: Job, actor: User, *, key: str = "k", is_free: bool = False) -> Job:
    return staff_requeue(job=job, actor=actor, reason=WHY, key=key, is_free=is_free)


def held_back(job: Job) -> Render:
    """The job's render after three failed tries and two lost claims, due in an hour."""
    render = only_render(job)
    for number in (1, 2, 3):
        Attempt.objects.create(
            render=render, number=number, claim_no=number, provider="fake", outcome=Attempt.Outcome.TRANSIENT
        )
    later = timezone.now() + timedelta(hours=1)
    Render.objects.filter(pk=render.pk).update(claim_no=3, lost_claims=2, not_before=later)
    return render


@pytest.fixture(autouse=True)
def sound_books():
    yield
    assert violations() + jobs_agree() + tries_within_bounds() == []


# --- Cancel ---------------------------------------------------------------------------------------------------------


def test_a_cancel_refunds_and_is_on_record(alice: User, charlie: User):
    job = staff_cancel(job=create_job(alice), actor=charlie, reason=f"  {WHY} ")
    entry = AuditEntry.objects.get()
    assert (job.status, balance(alice)) == (JobStatus.CANCELED, 10)
    assert (entry.actor, entry.subject, entry.reason) == (charlie, alice, WHY)
    assert (entry.action, entry.details) == ("cancel_job", {"job": str(job.pk)})


def test_a_second_cancel_changes_nothing(alice: User, charlie: User):
    job = create_job(alice)
    for _time in range(2):
        staff_cancel(job=job, actor=charlie, reason=WHY)
    assert (balance(alice), AuditEntry.objects.count()) == (10, 1)


def test_a_finished_job_is_not_cancelled(alice: User, charlie: User):
    job = deliver_job(create_job(alice))
    assert refused(lambda: staff_cancel(job=job, actor=charlie, reason=WHY)) == "CONFLICT"


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_every_act_needs_a_reason(alice: User, charlie: User, reason: str):
    job = deliver_job(create_job(alice))
    acts = (
        lambda: staff_cancel(job=job, actor=charlie, reason=reason),
        lambda: staff_requeue(job=job, actor=charlie, reason=reason, key="k"),
        lambda: staff_refund(render=only_render(job), actor=charlie, reason=reason),
    )
    assert {refused(act) for act in acts} == {"VALIDATION_ERROR"}


# --- Requeue of a job that is still on its way ----------------------------------------------------------------------


def test_a_held_back_job_gets_its_tries_back_and_is_due(alice: User, charlie: User):
    render = held_back(create_job(alice))
    requeue(render.job, charlie)
    render.refresh_from_db()
    assert (render.tries_from, render.lost_claims) == (3, 0)
    assert claim_next(at=timezone.now()) == render
    assert AuditEntry.objects.get().details == {"job": str(render.job_id)}


def test_new_tries_are_counted_from_there(alice: User, charlie: User):
    render = held_back(create_job(alice, prompt="transient"))
    requeue(render.job, charlie)
    for _try in range(4):
        Render.objects.update(not_before=timezone.now())
        draw_all()
    render.refresh_from_db()
    assert (render.status, render.attempts.count()) == (RenderStatus.FAILED, 7)
    assert balance(alice) == 10


def test_a_try_under_way_still_counts(alice: User, charlie: User):
    render = held_back(create_job(alice))
    Attempt.objects.create(render=render, number=4, claim_no=4, provider="fake")
    requeue(render.job, charlie)
    assert [attempt.number for attempt in Attempt.objects.counted(render)] == [4]


def test_a_scheduled_job_still_waits_for_its_time(alice: User, charlie: User):
    start = timezone.now() + timedelta(minutes=30)
    render = held_back(create_job(alice, scheduled_at=start))
    requeue(render.job, charlie)
    render.refresh_from_db()
    assert render.not_before == start


def test_what_nothing_holds_back_is_left_alone(alice: User, charlie: User):
    render = held_back(create_job(alice))
    fresh = create_job(alice)
    requeue(render.job, charlie)
    assert refused(lambda: requeue(render.job, charlie)) == "CONFLICT"
    assert refused(lambda: requeue(fresh, charlie)) == "CONFLICT"


# --- Requeue of a job that has ended --------------------------------------------------------------------------------


def test_an_ended_job_becomes_a_new_one_at_the_usual_price(alice: User, charlie: User):
    job = deliver_job(create_job(alice, prompt="rejected"))
    new = requeue(job, charlie)
    assert (new.retry_of, new.user, new.prompt, balance(alice)) == (job, alice, "rejected", 9)
    assert AuditEntry.objects.get().details == {
        "job": str(job.pk),
        "new_job": str(new.pk),
        "is_free": False,
    }


def test_a_free_one_costs_no_credit_and_no_limit(alice: User, charlie: User):
    job = deliver_job(create_job(alice))
    used = UsageEvent.objects.count()
    new = deliver_job(requeue(job, charlie, is_free=True))
    assert (new.status, only_render(new).price) == (JobStatus.SUCCEEDED, 0)
    assert (balance(alice), UsageEvent.objects.count()) == (9, used)


def test_a_free_one_is_drawn_for_an_empty_account(charlie: User):
    poor = create_user("poor@example.org", credits=1)
    job = deliver_job(create_job(poor))
    assert refused(lambda: requeue(job, charlie)) == "NO_CREDITS"
    assert requeue(job, charlie, is_free=True).has_ended is False


def test_the_same_key_gives_the_same_new_job(alice: User, charlie: User):
    job = deliver_job(create_job(alice))
    first, second = requeue(job, charlie), requeue(job, charlie)
    assert (first, balance(alice), AuditEntry.objects.count()) == (second, 8, 1)


def test_a_family_still_draws_one_at_a_time(alice: User, charlie: User, settings: Settings):
    plan = {**settings.PLAN_LIMITS["free"], "jobs_in_flight": 1}
    settings.PLAN_LIMITS = {**settings.PLAN_LIMITS, "free": plan}
    ended = deliver_job(create_job(alice))
    create_job(alice)
    assert refused(lambda: requeue(ended, charlie)) == "GENERATION_IN_FLIGHT"


# --- Refund ---------------------------------------------------------------------------------------------------------


def test_a_delivered_picture_becomes_a_present(alice: User, charlie: User):
    render = staff_refund(render=only_render(deliver_job(create_job(alice))), actor=charlie, reason=WHY)
    entry, event = AuditEntry.objects.get(), CreditEvent.objects.first()
    assert (render.status, render.is_present, balance(alice)) == (RenderStatus.DELIVERED, True, 10)
    assert (event.reason, event.amount, entry.credit_event) == ("refund", 1, event.pk)
    assert entry.details == {"job": str(render.job_id), "render": str(render.pk)}


def test_a_second_refund_changes_nothing(alice: User, charlie: User):
    render = only_render(deliver_job(create_job(alice)))
    staff_refund(render=render, actor=charlie, reason=WHY)
    assert refused(lambda: staff_refund(render=render, actor=charlie, reason=WHY)) == "CONFLICT"
    assert refused(lambda: staff_refund_job(job=render.job, actor=charlie, reason=WHY)) == "CONFLICT"
    assert balance(alice) == 10


def test_a_job_is_refunded_as_a_whole(alice: User, charlie: User):
    job = deliver_job(create_job(alice))
    assert staff_refund_job(job=job, actor=charlie, reason=WHY) == [only_render(job)]
    assert balance(alice) == 10


def test_only_what_was_paid_and_delivered_is_given_back(alice: User, charlie: User):
    failed = only_render(deliver_job(create_job(alice, prompt="rejected")))
    job = deliver_job(create_job(alice))
    free = only_render(deliver_job(requeue(job, charlie, is_free=True)))
    waiting = only_render(create_job(alice))
    AuditEntry.objects.all().delete()
    for render in (failed, free, waiting):
        assert refused(partial(staff_refund, render=render, actor=charlie, reason=WHY)) == "CONFLICT"


# --- At the same moment ---------------------------------------------------------------------------------------------


def at_once(act: Callable[[], object], *, count: int = 8) -> list[str]:
    """What each of so many simultaneous acts said: "" or the code of its refusal."""
    barrier, said = threading.Barrier(count), []

    def work() -> None:
        barrier.wait()
        try:
            act()
            said.append("")
        except AppError as error:
            said.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_eight_refunds_at_once_give_back_one_credit(alice: User, charlie: User):
    render = only_render(deliver_job(create_job(alice)))
    said = at_once(lambda: staff_refund(render=render, actor=charlie, reason=WHY))
    assert said == ["", *["CONFLICT"] * 7]
    assert (balance(alice), AuditEntry.objects.count()) == (10, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_sendings_of_a_requeue_make_one_job(alice: User, charlie: User):
    job, key = deliver_job(create_job(alice)), uuid.uuid4().hex
    assert at_once(lambda: requeue(job, charlie, key=key)) == [""] * 8
    assert (Job.objects.count(), balance(alice), AuditEntry.objects.count()) == (2, 8, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_cancels_at_once_are_one(alice: User, charlie: User):
    job = create_job(alice)
    assert at_once(lambda: staff_cancel(job=job, actor=charlie, reason=WHY)) == [""] * 8
    assert (balance(alice), AuditEntry.objects.count()) == (10, 1)
