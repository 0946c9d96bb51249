"""How a claim ends: delivered, given back for another try, waiting at a provider, or failed and refunded.

Every write is fenced by the render's claim_no: a worker that slept through its lease changes nothing.
Locks are always taken in the order account, job, render.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from credits import actions as ledger
from credits.models import CreditAccount
from generations.actions.email_when_ready import call_for_mail
from generations.actions.endpoints import announce
from generations.character import let_go
from generations.models import Asset, Attempt, CallOff, Job, Render, WebhookEvent
from generations.models.attempt import AttemptQuerySet
from generations.queue import publish
from generations.states import LIVE, JobStatus, RenderError, RenderStatus, Stage, sources_of

FIRST_LOOK_AFTER = timedelta(seconds=10)


class ClaimLost(Exception):
    """Another worker, a cancel or the deadline was quicker; what this claim drew is not wanted."""


@transaction.atomic
def deliver(*, render: Render, assets: Iterable[Asset], verdict: Mapping[str, object]) -> None:
    """The picture is stored: the render ends delivered, its credit stays spent.

    After a failure and its refund the same claim's late success is a present: delivered, nothing charged.
    Raises ClaimLost when the claim is not the newest or the job was cancelled.
    """
    job = lock_job(render)
    now = timezone.now()
    ended = {"status": RenderStatus.DELIVERED, "ended_at": now, "lease_until": None, "verdict": dict(verdict)}
    on_time = Render.objects.held_as(render).update(**ended)
    if not on_time and not Render.objects.failed_as(render).update(error_code="", is_present=True, **ended):
        raise ClaimLost
    Asset.objects.bulk_create(assets)
    settle(job, at=now)


def wait(*, render: Render, attempt: Attempt, external_id: str, at: datetime) -> None:
    """The picture is being drawn elsewhere: no worker is held. Raises ClaimLost, and the prediction is called off."""
    Attempt.objects.filter(pk=attempt.pk).update(
        external_id=external_id
    )  # first of all: it is being paid for
    if not _waits(render, attempt, at):
        with transaction.atomic():
            call_off(Attempt.objects.filter(pk=attempt.pk), at=at)
        raise ClaimLost


@transaction.atomic
def adopt(*, render: Render, attempt: Attempt, at: datetime) -> bool:
    """What an asking call had set going although it failed is waited for; False when the render has gone on without it."""
    idle = Render.objects.filter(pk=render.pk, claim_no=attempt.claim_no, status=RenderStatus.QUEUED)
    if not idle.update(**_waiting(at, at)):
        return False
    Attempt.objects.filter(pk=attempt.pk).update(
        outcome=Attempt.Outcome.RUNNING, ended_at=None, error_code=""
    )
    publish()
    return True


@transaction.atomic
def _waits(render: Render, attempt: Attempt, at: datetime) -> bool:
    """News that was quicker than the answer of the asking call brings the first look forward."""
    has_news = WebhookEvent.objects.open().of(attempt).update(processed_at=at)
    next_look = at if has_news else at + FIRST_LOOK_AFTER
    if not Render.objects.held_as(render).update(**_waiting(at, next_look)):
        return False
    Job.objects.filter(pk=render.job_id, finished_at=None).update(stage=Stage.WAITING)
    if has_news:
        publish()
    return True


def _waiting(at: datetime, next_look: datetime) -> dict[str, object]:
    return {"status": RenderStatus.WAITING, "lease_until": None, "looked_at": at, "next_poll_at": next_look}


def take_back(*, render: Render, at: datetime) -> Render | None:
    """A waiting render in our hands again, under a new claim; None when another was quicker."""
    held = {
        "status": RenderStatus.FINISHING,
        "claim_no": F("claim_no") + 1,
        "lease_until": at + settings.RENDER_LEASE,
        "claimed_by": settings.WORKER_ID,
        "next_poll_at": None,
    }
    if not Render.objects.waiting_as(render).update(**held):
        return None
    return Render.objects.select_related("job__user").get(pk=render.pk)


def call_off(attempts: AttemptQuerySet, *, at: datetime) -> None:
    """Nobody wants what these calls draw: to be told to their providers, in the caller's transaction."""
    under_way = list(attempts.under_way())
    if not under_way:
        return
    rows = [CallOff(provider=one.provider, external_id=one.external_id) for one in under_way]
    CallOff.objects.bulk_create(rows, ignore_conflicts=True)
    attempts.filter(pk__in=[one.pk for one in under_way]).update(outcome=Attempt.Outcome.LOST, ended_at=at)
    publish()


@transaction.atomic
def give_back(*, render: Render, not_before: datetime) -> None:
    """Back into the queue for another try. Raises ClaimLost."""
    back = {"status": RenderStatus.QUEUED, "lease_until": None, "not_before": not_before}
    if not Render.objects.held_as(render).update(**back):
        raise ClaimLost
    if not_before <= timezone.now():
        publish()


@transaction.atomic
def fail(*, render: Render, code: RenderError, at: datetime) -> bool:
    """Ends a live render failed and refunds it, whoever holds it; False when it had ended already."""
    user = render.job.user
    CreditAccount.objects.locked(user)
    job = lock_job(render)
    live = Render.objects.filter(
        pk=render.pk, claim_no=render.claim_no, status__in=sources_of(RenderStatus.FAILED)
    )
    ended = {"status": RenderStatus.FAILED, "ended_at": at, "lease_until": None, "next_poll_at": None}
    if not live.update(error_code=code, **ended):
        return False
    call_off(Attempt.objects.filter(render=render), at=at)
    ledger.refund(user=user, render_uuid=render.pk)
    settle(job, at=at)
    return True


def lock_job(render: Render) -> Job:
    """The job's row, locked: two renders that end at once settle it one after the other."""
    return Job.objects.select_for_update().get(pk=render.job_id)


def settle(job: Job, *, at: datetime) -> None:
    """Gives the locked job the status that follows from its renders, in the transaction that ended one of them."""
    statuses = list(job.renders.values_list("status", flat=True))
    if any(status in LIVE for status in statuses):
        let_go(job, at=at)
        return
    job.status = _job_status(job, statuses)
    job.stage = STAGE_OF[job.status]
    job.progress_percent = 100
    if job.finished_at is None:  # a late present is no second end
        call_for_mail(job, at=at)
    job.finished_at = job.finished_at or at
    job.slot = None
    job.save(update_fields=["status", "stage", "progress_percent", "finished_at", "slot", "email_due_at"])
    announce(job, at=at)


def _job_status(job: Job, statuses: list[str]) -> JobStatus:
    if job.cancel_requested:
        return JobStatus.CANCELED
    return JobStatus.SUCCEEDED if RenderStatus.DELIVERED in statuses else JobStatus.FAILED


STAGE_OF: dict[str, Stage] = {
    JobStatus.SUCCEEDED: Stage.READY,
    JobStatus.FAILED: Stage.FAILED,
    JobStatus.CANCELED: Stage.CANCELED,
}
