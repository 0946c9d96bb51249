"""What staff may do to somebody else's job: each act says why, once, in an audit entry of the same transaction.

Locks are taken in the order account, job, render. What cannot be done changes nothing and leaves no entry.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import Count, Q, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from config.errors import AppError
from credits import actions as ledger
from credits.models import CreditAccount
from generations.actions.cancel import cancel_job
from generations.actions.submission import retry_job
from generations.models import Asset, Attempt, Feedback, Job, Render
from generations.queue import publish
from generations.states import JobStatus, RenderStatus

LONGEST_REASON = 500
PAID = Q(status=RenderStatus.DELIVERED, is_present=False, price__gt=0)
# The one under way belongs to the tries to come.
ENDED_TRIES = Count("attempts", filter=~Q(attempts__outcome=Attempt.Outcome.RUNNING))


@transaction.atomic
def staff_cancel(*, job: Job, actor: User, reason: str) -> Job:
    """Cancels a job for its owner; credits go back as after the owner's own cancel. A second cancel changes nothing.

    Raises CONFLICT when the job has ended in another way, VALIDATION_ERROR without a reason.
    """
    reason = checked_reason(reason)
    job = _locked(job)
    if job.status == JobStatus.CANCELED:
        return job
    job = cancel_job(job=job)
    record("cancel_job", job, actor, reason)
    return job


@transaction.atomic
def staff_requeue(*, job: Job, actor: User, reason: str, key: str, is_free: bool = False) -> Job:
    """Gives a live job its tries back and draws it as soon as it is due; of an ended one makes a new job, and returns it.

    The new job is charged like any other unless it is free. The same `key` a second time gives the same new job.
    Raises CONFLICT when nothing holds the job back, VALIDATION_ERROR without a reason, and for an ended job whatever
    its submission raises.
    """
    reason = checked_reason(reason)
    job = _locked(job)
    return _again(job, actor, reason, key, is_free=is_free) if job.has_ended else _hurry(job, actor, reason)


@transaction.atomic
def staff_refund(*, render: Render, actor: User, reason: str) -> Render:
    """Gives the credit of a delivered picture back, once; the picture stays, as a present.

    Raises CONFLICT when there is nothing to give back, VALIDATION_ERROR without a reason.
    """
    reason = checked_reason(reason)
    job = _locked(render.job)
    paid = Render.objects.filter(PAID, pk=render.pk)
    event = ledger.refund(user=job.user, render_uuid=render.pk) if paid.update(is_present=True) else None
    if event is None:
        raise _nothing_to_give_back()
    record("refund_render", job, actor, reason, credit_event=event.pk, render=str(render.pk))
    render.refresh_from_db()
    return render


@transaction.atomic
def staff_refund_job(*, job: Job, actor: User, reason: str) -> list[Render]:
    """As staff_refund, for every picture of a job that still costs its owner something; which those were."""
    paid = list(job.renders.filter(PAID))
    if not paid:
        raise _nothing_to_give_back()
    return [staff_refund(render=render, actor=actor, reason=reason) for render in paid]


@dataclass(frozen=True)
class Seen:
    """What a family gave and got: its photos and previews, and what it typed for them."""

    pictures: list[Asset]
    words: list[str]


def staff_look(*, job: Job, actor: User, reason: str) -> Seen:
    """What is in a job, for a member of staff to look at; the audit entry is written first.

    Raises VALIDATION_ERROR without a reason.
    """
    record("look_at_pictures", job, actor, checked_reason(reason))
    shown = Q(render__job=job, kind__in=(Asset.Kind.PREVIEW, Asset.Kind.PICTURE))
    shown |= Q(job_inputs__job=job)
    typed = [job.prompt, *chain(*job.renders.order_by("position", "version").values_list("title", "caption"))]
    typed += Feedback.objects.filter(render__job=job).order_by("created_at").values_list("words", flat=True)
    return Seen(
        pictures=list(Asset.objects.filter(shown).distinct().order_by("created_at")),
        words=[words for words in typed if words],
    )


def _nothing_to_give_back() -> AppError:
    return AppError("CONFLICT", _("There is no credit to give back here."))


def _locked(job: Job) -> Job:
    CreditAccount.objects.locked(job.user)
    return Job.objects.select_for_update(of=("self",)).select_related("user").get(pk=job.pk)


def _again(job: Job, actor: User, reason: str, key: str, *, is_free: bool) -> Job:
    own_key = f"staff:{key}:{job.pk}"
    if earlier := Job.objects.owned_by(job.user).filter(idempotency_key=own_key).first():
        return earlier
    new = retry_job(job=job, idempotency_key=own_key, is_free=is_free)
    record("requeue_job", job, actor, reason, new_job=str(new.pk), is_free=is_free)
    return new


def _hurry(job: Job, actor: User, reason: str) -> Job:
    """Zeroes the tries of the job's live renders and lets them be drawn at once, yet not before their scheduled time."""
    due = max(timezone.now(), job.scheduled_at)
    freed = sum(_free(render, due) for render in job.renders.live().annotate(tried=ENDED_TRIES))
    if not freed:
        raise AppError("CONFLICT", _("Nothing holds this one back: it is being drawn, or next in line."))
    for _number in range(freed):
        publish()
    record("requeue_job", job, actor, reason)
    return job


def _free(render: Render, due: datetime) -> bool:
    """Whether anything held the render back."""
    waits = Q(status=RenderStatus.QUEUED, not_before__gt=due)
    has_tried = Q(tries_from__lt=render.tried) | Q(lost_claims__gt=0)  # type: ignore[attr-defined]  # annotated
    live = Render.objects.live().filter(waits | has_tried, pk=render.pk)
    return bool(
        live.update(not_before=Least("not_before", Value(due)), tries_from=render.tried, lost_claims=0)  # type: ignore[attr-defined]
    )


def record(
    action: str, job: Job, actor: User, reason: str, *, credit_event: int | None = None, **facts: object
) -> None:
    AuditEntry.objects.create(
        actor=actor,
        subject=job.user,
        action=action,
        reason=reason,
        details={"job": str(job.pk), **facts},
        credit_event=credit_event,
    )


def checked_reason(reason: str) -> str:
    """The reason without blanks around it. Raises VALIDATION_ERROR when there is none, or too much of it."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        problem = _("Please say why, in at most %(longest)d characters.") % {"longest": LONGEST_REASON}
        raise AppError("VALIDATION_ERROR", problem, details={"reason": [problem]})
    return reason
