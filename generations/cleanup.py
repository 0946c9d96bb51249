"""Retention: what is past its date goes - the stored object first, then its row, then the words that went with it.

Everything is found by the state of the rows, so a run may be killed anywhere, or two may run at once: the next one
finds what is left.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_q.models import Task

from accounts import tombstones
from accounts.actions import remove_stale
from accounts.closing import close_again
from credits.models import SignupGrant, UsageEvent
from generations import storage
from generations.models import Asset, Attempt, Delivery, Feedback, Job, Plan, Render, Upload, WebhookEvent
from generations.states import JOB_ENDED, JobStatus

logger = logging.getLogger(__name__)

BATCH = 200
KEY_IS_KEPT = timedelta(hours=24)
USAGE_IS_KEPT = timedelta(hours=48)
NETWORK_IS_KEPT = timedelta(hours=24)
MAILBOX_IS_KEPT = timedelta(days=365)
EVENT_IS_KEPT = timedelta(days=7)
TASK_IS_KEPT = timedelta(days=1)

Rows = QuerySet[Any]


@dataclass
class Report:
    """What went, or with a dry run what would go: files by kind, their bytes, rows by name, files left for later."""

    files: Counter[str] = field(default_factory=Counter)
    size_bytes: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    failures: int = 0

    def add(self, asset: Asset) -> None:
        self.files[asset.kind] += 1
        self.size_bytes += asset.size_bytes


def clean_up(*, at: datetime, dry_run: bool = False) -> Report:
    """Deletes and blanks everything that is past its date at the moment `at`."""
    report = Report()
    for asset in _in_batches(Asset.objects.expired(at=at)):
        _delete_asset(asset, report, at=at, dry_run=dry_run)
    report.rows["uploads"] = _delete_uploads(report, at=at, dry_run=dry_run)
    for name, stale in STALE.items():
        report.rows[name] = _delete(stale(at), dry_run=dry_run)
    for name, (old, blanks) in BLANKED.items():
        rows = old(at)
        report.rows[name] = rows.count() if dry_run else rows.update(**blanks)
    if not dry_run:
        report.rows.update(remove_stale(at=at))
    _finish_closings(report, dry_run=dry_run)
    return report


def _finish_closings(report: Report, *, dry_run: bool) -> None:
    closed, left = (len(tombstones.risen()), 0) if dry_run else close_again()
    report.rows["closed accounts"] = closed
    report.failures += left


def _in_batches(assets: QuerySet[Asset]) -> Iterator[Asset]:
    """Each of them once, in the order of their ids: a file that cannot be deleted does not come round again."""
    ordered = assets.order_by("pk")
    batch = list(ordered[:BATCH])
    while batch:
        yield from batch
        batch = list(ordered.filter(pk__gt=batch[-1].pk)[:BATCH])


def _delete_asset(asset: Asset, report: Report, *, at: datetime, dry_run: bool) -> None:
    if dry_run:
        report.add(asset)
        return
    # Looked at again: a job or its owner may have asked for it since the batch was read.
    if not Asset.objects.expired(at=at).filter(pk=asset.pk).exists():
        return
    try:
        storage.delete(asset.storage_key)
    except storage.StorageError:
        report.failures += 1
        logger.exception("a stored file cannot be deleted; it is tried again in the next run")
        return
    _count, by_model = Asset.objects.filter(pk=asset.pk).delete()
    if by_model.get(Asset._meta.label):  # another run may have been quicker
        report.add(asset)


def _delete_uploads(report: Report, *, at: datetime, dry_run: bool) -> int:
    """Those that are over, with what was sent and never completed."""
    over = Upload.objects.expired(at=at)
    if dry_run:
        return over.count()
    gone = 0
    for upload in over.order_by("pk").iterator(BATCH):
        try:
            storage.delete(upload.storage_key)
        except storage.StorageError:
            report.failures += 1
            continue
        gone += over.filter(pk=upload.pk).delete()[0]
    return gone


def _delete(rows: Rows, *, dry_run: bool) -> int:
    return rows.count() if dry_run else rows.delete()[0]


# --- Rows that go ---------------------------------------------------------------------------------------------------

STALE: dict[str, Callable[[datetime], Rows]] = {
    "usage events": lambda at: UsageEvent.objects.filter(at__lt=at - USAGE_IS_KEPT),
    "network hashes": lambda at: UsageEvent.objects.filter(at__lt=at - NETWORK_IS_KEPT).exclude(
        network_hash=""
    ),
    "mailbox hashes": lambda at: SignupGrant.objects.filter(at__lt=at - MAILBOX_IS_KEPT),
    "webhook events": lambda at: WebhookEvent.objects.filter(received_at__lt=at - EVENT_IS_KEPT),
    "plans": lambda at: Plan.objects.filter(~Exists(_wordy_sets(at)), expires_at__lt=at),
    "deliveries": lambda at: Delivery.objects.filter(created_at__lt=at - EVENT_IS_KEPT),
    "queue results": lambda at: Task.objects.filter(stopped__lt=at - TASK_IS_KEPT),
    "sessions": lambda at: Session.objects.filter(expire_date__lt=at),
}

# --- Words that go --------------------------------------------------------------------------------------------------


def _jobs_without_pictures(at: datetime) -> QuerySet[Job]:
    """Jobs that have lost their last picture, drawn again or not, and jobs that never had one, a month after their end."""
    has_files = Exists(Asset.objects.filter(render__job=OuterRef("pk")))
    lives_on = Exists(Asset.objects.filter(render__job__root__job=OuterRef("pk")))
    month_old = Q(finished_at__lt=at - settings.RETENTION["original"])
    return Job.objects.filter(
        ~has_files, ~lives_on, Q(status=JobStatus.SUCCEEDED) | month_old, status__in=JOB_ENDED
    )


def _wordy_sets(at: datetime) -> QuerySet[Job]:
    """Sets of pages that a plan is still for."""
    return Job.objects.filter(plan=OuterRef("pk")).exclude(pk__in=_jobs_without_pictures(at).values("pk"))


def _wordy_jobs(at: datetime) -> Rows:
    return _jobs_without_pictures(at).exclude(prompt="", title="", child_name="", final_caption="")


def _wordy_renders(at: datetime) -> Rows:
    has_words = ~Q(prompt="") | ~Q(title="") | ~Q(caption="")
    return Render.objects.filter(has_words, job__in=_jobs_without_pictures(at))


def _told_attempts(at: datetime) -> Rows:
    return Attempt.objects.filter(render__job__in=_jobs_without_pictures(at)).exclude(prompt="")


def _told_problems(at: datetime) -> Rows:
    return Feedback.objects.filter(render__job__in=_jobs_without_pictures(at)).exclude(words="")


def _old_keys(at: datetime) -> Rows:
    return Job.objects.filter(created_at__lt=at - KEY_IS_KEPT).exclude(idempotency_key="", request_hash="")


def _noted_renders(at: datetime) -> Rows:
    return Render.objects.filter(verdict__has_key="known", job__in=_jobs_without_pictures(at))


BLANKED: dict[str, tuple[Callable[[datetime], Rows], dict[str, object]]] = {
    "prompts and titles of books": (
        _wordy_jobs,
        {"prompt": "", "title": "", "child_name": "", "final_caption": ""},
    ),
    "titles and captions": (_wordy_renders, {"prompt": "", "title": "", "caption": ""}),
    "words about pictures": (_told_problems, {"words": ""}),
    "what models were told": (_told_attempts, {"prompt": ""}),
    "words of ideas": (_noted_renders, {"verdict": {}}),
    "idempotency keys": (_old_keys, {"idempotency_key": "", "request_hash": ""}),
}
