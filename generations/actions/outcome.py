"""How a claim ends: delivered, given back for another try, waiting at a provider, or failed and refunded.

Every write is fenced by the render's claim_no: a worker that slept through its lease changes nothing.
Locks are always taken in the order account, job, render.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from credits import actions as ledger
from credits.models import CreditAccount
from generations.models import Asset, Job, Render
from generations.queue import publish
from generations.states import LIVE, JobStatus, RenderError, RenderStatus, Stage, sources_of


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
    if not live.update(status=RenderStatus.FAILED, error_code=code, ended_at=at, lease_until=None):
        return False
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
        return
    job.status = _job_status(job, statuses)
    job.stage = STAGE_OF[job.status]
    job.progress_percent = 100
    job.finished_at = job.finished_at or at
    job.slot = None
    job.save(update_fields=["status", "stage", "progress_percent", "finished_at", "slot"])


def _job_status(job: Job, statuses: list[str]) -> JobStatus:
    if job.cancel_requested:
        return JobStatus.CANCELED
    return JobStatus.SUCCEEDED if RenderStatus.DELIVERED in statuses else JobStatus.FAILED


STAGE_OF: dict[str, Stage] = {
    JobStatus.SUCCEEDED: Stage.READY,
    JobStatus.FAILED: Stage.FAILED,
    JobStatus.CANCELED: Stage.CANCELED,
}
