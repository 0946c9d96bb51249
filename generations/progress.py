"""What a waiting parent wants to know: how far, how long, how many before me."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils.functional import Promise

from generations.models import Job, Render
from generations.states import FINAL_ERRORS, JOB_ENDED, JobStatus, RenderError, RenderStatus, Stage

USUAL_SECONDS = 6.0  # until there are drawings of our own to go by
SAMPLE = 50  # the newest drawings that the estimate looks at
ESTIMATE_KEPT = 30  # seconds


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


def progress_of(job: Job, *, at: datetime) -> Progress:
    """The state of a job in plain words. `queue_position` counts from 1 while it waits."""
    has_ended = job.status in JOB_ENDED
    error = _error(job) if job.status == JobStatus.FAILED else None
    position = _queue_position(job) if job.status == JobStatus.QUEUED else None
    left = None if has_ended else _seconds_left(job, position)
    return Progress(
        status=job.status,
        stage=job.stage,
        percent=job.progress_percent,
        message=error.label if error else Stage(job.stage).label,
        queue_position=position,
        seconds_left=left,
        estimated_completion=at + timedelta(seconds=left) if left is not None else None,
        error=error,
        can_cancel=not has_ended,
        can_retry=has_ended and error not in FINAL_ERRORS,
    )


def usual_seconds(mode: str) -> float:
    """Median seconds of recent drawings of a mode, remembered for half a minute."""
    found = cache.get_or_set(f"usual-seconds-{mode}", lambda: _median_seconds(mode), ESTIMATE_KEPT)
    return float(found or USUAL_SECONDS)


def _median_seconds(mode: str) -> float:
    drawn = Render.objects.delivered().filter(started_at__isnull=False, job__mode=mode)
    took = sorted(render.seconds or 0.0 for render in drawn.order_by("-ended_at")[:SAMPLE])
    return took[len(took) // 2] if took else USUAL_SECONDS


def _queue_position(job: Job) -> int:
    first = job.renders.filter(status=RenderStatus.QUEUED).order_by("not_before").first()
    if first is None:
        return 1
    sooner = Q(priority__gt=first.priority) | Q(priority=first.priority, not_before__lt=first.not_before)
    return 1 + Render.objects.filter(status=RenderStatus.QUEUED).filter(sooner).count()


def _seconds_left(job: Job, position: int | None) -> int:
    usual = usual_seconds(job.mode)
    share_left = 1 - job.progress_percent / 100
    return max(1, round(usual * share_left + usual * ((position or 1) - 1)))


def _error(job: Job) -> RenderError | None:
    failed = job.renders.filter(status=RenderStatus.FAILED).values_list("error_code", flat=True).first()
    return RenderError(failed) if failed else None
