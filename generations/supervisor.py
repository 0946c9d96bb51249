"""Heals what processes drop when they die. Runs outside the cluster; several may run, each act is a conditional UPDATE."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from credits.models import CreditAccount
from credits.plans import limits_of
from generations.actions.outcome import fail
from generations.models import Attempt, CallOff, Chore, Delivery, Export, Job, Plan, Render, WebhookEvent
from generations.models.job import lowest_free
from generations.queue import BUILD_EXPORT, publish, send, waiting_messages
from generations.states import JobStatus, RenderError, RenderStatus
from generations.tries import MOST_LOST_CLAIMS

logger = logging.getLogger(__name__)

BATCH = 200
EXPORT_IS_LOST_AFTER = timedelta(minutes=1)
CHORES = {
    "generations.tasks.cleanup": timedelta(hours=1),
    "generations.tasks.sweep_storage": timedelta(hours=24),
    "credits.tasks.check_ledger": timedelta(hours=1),
}


def publish_due(*, at: datetime) -> int:
    """Publishes a message for due work that has none; more than the workers can take would only wait in memory.

    Raises QueueAway.
    """
    due = sum(rows[: 2 * settings.WORKERS].count() for rows in _due(at))
    missing = max(0, due - waiting_messages()) if due else 0
    for _number in range(missing):
        publish()
    return missing


def _due(at: datetime) -> tuple[QuerySet[Any], ...]:
    return (
        Render.objects.claimable(at=at),
        Render.objects.to_look_after(at=at),
        CallOff.objects.due(at=at),
        WebhookEvent.objects.to_heed(),
        Delivery.objects.due(at=at),
        Plan.objects.due(at=at),
        Job.objects.to_mail_about(at=at),
    )


def heal(*, at: datetime) -> dict[str, int]:
    """One round of everything that can have gone wrong; how often each act was needed."""
    return {name: act(at) for name, act in ACTS.items()}


def mend(*, at: datetime) -> None:
    """Everything that needs no queue."""
    for act in (expire_leases, expire_deadlines, expire_never_started, give_slots_back, give_slots):
        act(at)


def expire_leases(at: datetime) -> int:
    """Takes renders back from workers that stopped renewing; the third time the render fails."""
    return sum(
        _expire(render, at) for render in Render.objects.lease_over(at=at).select_related("job__user")[:BATCH]
    )


def expire_deadlines(at: datetime) -> int:
    """Fails renders that have taken longer than anyone should wait."""
    late = Render.objects.past_deadline(at=at).select_related("job__user")[:BATCH]
    return sum(fail(render=render, code=RenderError.TIMED_OUT, at=at) for render in late)


def expire_never_started(at: datetime) -> int:
    """Fails renders that no worker has touched for a day."""
    forgotten = Render.objects.never_started(before=at - settings.NEVER_STARTED_AFTER).select_related(
        "job__user"
    )
    return sum(fail(render=render, code=RenderError.NEVER_STARTED, at=at) for render in forgotten[:BATCH])


def give_slots_back(at: datetime) -> int:
    """A job that nothing has claimed for minutes no longer keeps its user from asking for another."""
    unclaimed = Job.objects.in_flight().filter(
        status=JobStatus.QUEUED, started_at=None, scheduled_at__lt=at - settings.SLOT_GIVEN_BACK_AFTER
    )
    return unclaimed.update(slot=None, slot_given_back=True)


def give_slots(at: datetime) -> int:
    """A scheduled job takes a slot when its time has come."""
    return sum(_give_slot(job) for job in Job.objects.due_without_slot(at=at).select_related("user")[:BATCH])


def publish_chores(at: datetime) -> int:
    """Publishes the work that comes round by the clock; after a long pause each comes once. Raises QueueAway."""
    return sum(_publish_chore(task, at) for task in CHORES)


def publish_exports(at: datetime) -> int:
    """Publishes exports that were asked for and that nobody builds: their message or their worker was lost."""
    lost = Export.objects.due(at=at).filter(published_at__lt=at - EXPORT_IS_LOST_AFTER)
    return sum(_publish_export(export, at) for export in lost[:BATCH])


@transaction.atomic
def _publish_export(export: Export, at: datetime) -> bool:
    same = Export.objects.filter(pk=export.pk, published_at=export.published_at)
    if not same.update(published_at=at):
        return False
    publish(BUILD_EXPORT)
    return True


@transaction.atomic
def _publish_chore(task: str, at: datetime) -> bool:
    """Taken and sent, or neither: a chore whose message fails is still due."""
    if not Chore.objects.take(task, at=at, every=CHORES[task]):
        return False
    send(task)
    return True


ACTS: dict[str, Callable[[datetime], int]] = {
    "leases": expire_leases,
    "deadlines": expire_deadlines,
    "never_started": expire_never_started,
    "slots_back": give_slots_back,
    "slots": give_slots,
    "exports": publish_exports,
    "chores": publish_chores,
}


def _expire(render: Render, at: datetime) -> bool:
    """Ends a claim that is still over when we come to it."""
    logger.warning("lease over", extra={"render": str(render.pk), "job": str(render.job_id)})
    if render.lost_claims + 1 >= MOST_LOST_CLAIMS:
        return _fail_lost(render, at)
    with transaction.atomic():
        over = Render.objects.lease_over(at=at).filter(pk=render.pk, claim_no=render.claim_no)
        if Attempt.objects.under_way().filter(render=render).exists():  # it is still being drawn elsewhere
            waits = {"status": RenderStatus.WAITING, "next_poll_at": at, "looked_at": at}
            return bool(over.update(lost_claims=F("lost_claims") + 1, lease_until=None, **waits))
        # not_before stays: how long it has been due tells the watch whether the cluster still takes work.
        if not over.update(lost_claims=F("lost_claims") + 1, status=RenderStatus.QUEUED, lease_until=None):
            return False
        _write_off(render, at)
    return True


@transaction.atomic
def _fail_lost(render: Render, at: datetime) -> bool:
    CreditAccount.objects.locked(render.job.user)
    over = Render.objects.lease_over(at=at).filter(pk=render.pk, claim_no=render.claim_no)
    if not over.update(lost_claims=F("lost_claims") + 1):
        return False
    has_failed = fail(render=render, code=RenderError.WORKER_LOST, at=at)
    _write_off(render, at)
    return has_failed


def _write_off(render: Render, at: datetime) -> None:
    running = Attempt.objects.filter(render=render, outcome=Attempt.Outcome.RUNNING)
    running.update(outcome=Attempt.Outcome.LOST, ended_at=at, error_code=RenderError.WORKER_LOST)


def _give_slot(job: Job) -> bool:
    slot = lowest_free(Job.objects.owned_by(job.user).in_flight().values_list("slot", flat=True))
    if slot > limits_of(job.user).jobs_in_flight:
        return False
    try:
        with transaction.atomic():
            return bool(Job.objects.filter(pk=job.pk, slot=None, finished_at=None).update(slot=slot))
    except IntegrityError:  # another supervisor or a submission was quicker with this slot
        return False
