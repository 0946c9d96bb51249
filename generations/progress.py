"""What a waiting parent wants to know: how far, how long, how many before me."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from generations.models import Job, Render
from generations.states import FINAL_ERRORS, JOB_ENDED, JobStatus, RenderError, RenderStatus, Stage

USUAL_SECONDS = 6.0  # until there are drawings of our own to go by
SAMPLE = 50  # the newest drawings that the estimate looks at
ESTIMATE_KEPT = 30  # seconds
LONG = 30  # seconds


@dataclass(frozen=True)
class Progress:
    status: str
    stage: str
    percent: int
    message: str | Promise
    queue_position: int | None
    seconds_left: int | None
    estimated_completion: datetime | None
    error: RenderError | None
    can_cancel: bool
    can_retry: bool
    takes_long: bool  # a mail at the end is worth offering


def progress_of(job: Job, *, at: datetime) -> Progress:
    """The state of a job in plain words. `queue_position` counts from 1 while it waits."""
    has_ended = job.status in JOB_ENDED
    renders = _asked_for(job)
    error = _error(renders) if job.status == JobStatus.FAILED else None
    position = _queue_position(renders) if job.status == JobStatus.QUEUED else None
    waited = seconds_waited(_first_start(renders), at)
    left = None if has_ended else max(_seconds_left(job, len(renders), position), waited // 2)
    return Progress(
        status=job.status,
        stage=job.stage,
        percent=job.progress_percent,
        message=error.label if error else _message(job, renders),
        queue_position=position,
        seconds_left=left,
        estimated_completion=at + timedelta(seconds=left) if left is not None else None,
        error=error,
        can_cancel=not has_ended,
        can_retry=has_ended and error not in FINAL_ERRORS,
        takes_long=left is not None and waited + left > LONG,
    )


def seconds_waited(since: datetime | None, at: datetime) -> int:
    """Seconds of drawing, down to a power of two: what is said of them changes ever more rarely. 0 before it began."""
    seconds = int((at - since).total_seconds()) if since else 0
    return 1 << (seconds.bit_length() - 1) if seconds > 0 else 0


def _first_start(renders: Sequence[Render]) -> datetime | None:
    """Since when the oldest of those that are drawn now is drawn."""
    return min((one.started_at for one in renders if one.started_at and not one.has_ended), default=None)


def usual_seconds(mode: str) -> float:
    """Median seconds of recent drawings of a mode, remembered for half a minute."""
    found = cache.get_or_set(f"usual-seconds-{mode}", lambda: _median_seconds(mode), ESTIMATE_KEPT)
    return float(found or USUAL_SECONDS)


def _median_seconds(mode: str) -> float:
    drawn = Render.objects.delivered().filter(started_at__isnull=False, job__mode=mode)
    took = sorted(render.seconds or 0.0 for render in drawn.order_by("-ended_at")[:SAMPLE])
    return took[len(took) // 2] if took else USUAL_SECONDS


def _asked_for(job: Job) -> list[Render]:
    """The pictures of a job that has not brought any of them to a good end yet, without versions that were made of them."""
    if job.status in (JobStatus.SUCCEEDED, JobStatus.CANCELED):
        return []
    return [render for render in job.renders.all() if render.version == 1]


def _message(job: Job, renders: Sequence[Render]) -> str | Promise:
    """The stage; of several pages that are being drawn, which one."""
    if job.status != JobStatus.PROCESSING or len(renders) < 2:
        return Stage(job.stage).label
    page = min(1 + sum(render.has_ended for render in renders), len(renders))
    return _("Drawing page %(page)d of %(pages)d") % {"page": page, "pages": len(renders)}


def _queue_position(renders: Sequence[Render]) -> int:
    waiting = [render for render in renders if render.status == RenderStatus.QUEUED]
    if not waiting:
        return 1
    first = min(waiting, key=lambda render: render.not_before)
    sooner = Q(priority__gt=first.priority) | Q(priority=first.priority, not_before__lt=first.not_before)
    return 1 + Render.objects.filter(status=RenderStatus.QUEUED).filter(sooner).count()


def _seconds_left(job: Job, pages: int, position: int | None) -> int:
    """Pages are drawn side by side, as many at once as there are workers."""
    usual = usual_seconds(job.mode)
    rounds = max(1, ceil(pages / settings.WORKERS))
    share_left = 1 - job.progress_percent / 100
    return max(1, round(usual * rounds * share_left + usual * ((position or 1) - 1)))


def _error(renders: Sequence[Render]) -> RenderError | None:
    failed = next((one.error_code for one in renders if one.status == RenderStatus.FAILED), None)
    return RenderError(failed) if failed else None
