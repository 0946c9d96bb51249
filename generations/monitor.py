"""What operators and staff look at: how much waits, how it goes, what it costs. Computed from the rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from generations.models import Attempt, Feedback, ProviderState, Render, Worker
from generations.states import ENDED, LEASED, RenderStatus

WINDOW = timedelta(hours=24)
SAMPLE = 1000  # newest renders that percentiles are taken from
COST_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Snapshot:
    """Times in seconds, cost in micro-dollars a day (newest first), rates 0-1 or None without a sample."""

    workers_alive: int
    queue_depth: int
    oldest_waiting: float
    running: int
    delivered: int
    failed: int
    success_rate: float | None
    pickup_p50: float | None
    pickup_p95: float | None
    run_p50: float | None
    run_p95: float | None
    retries: int
    refunds: int
    providers_resting: int
    thumbs_up: int
    thumbs_down: int
    problems: int
    cost_by_day: tuple[tuple[str, int], ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def snapshot(*, at: datetime, window: timedelta = WINDOW) -> Snapshot:
    """The state at `at`, with rates and times of what ended in the window before it. Nine queries."""
    due = Render.objects.claimable(at=at)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    now = Render.objects.aggregate(
        waiting=Count("pk", filter=Q(status=RenderStatus.QUEUED, not_before__lte=at)),
        running=Count("pk", filter=Q(status__in=LEASED)),
    )
    ended = Render.objects.filter(status__in=ENDED, ended_at__gt=at - window)
    counts = ended.aggregate(
        delivered=Count("pk", filter=Q(status=RenderStatus.DELIVERED, claim_no__gt=0)),  # no re-tunes
        failed=Count("pk", filter=Q(status=RenderStatus.FAILED)),
        refunds=Count("pk", filter=Q(price__gt=0) & (~Q(status=RenderStatus.DELIVERED) | Q(is_present=True))),
    )
    pickups, runs = _times(ended)
    return Snapshot(
        workers_alive=Worker.objects.alive(at=at).count(),
        queue_depth=now["waiting"],
        oldest_waiting=(at - oldest).total_seconds() if oldest else 0.0,
        running=now["running"],
        success_rate=_rate(counts["delivered"], counts["failed"]),
        pickup_p50=percentile(pickups, 50),
        pickup_p95=percentile(pickups, 95),
        run_p50=percentile(runs, 50),
        run_p95=percentile(runs, 95),
        retries=Attempt.objects.filter(started_at__gt=at - window, number__gt=1).count(),
        providers_resting=ProviderState.objects.resting(at=at).count(),
        cost_by_day=_cost_by_day(at),
        **counts,
        **_said(at - window),
    )


def percentile(values: Sequence[float], share: int) -> float | None:
    """The value below which `share` percent of the values lie (nearest rank); None without any."""
    if not values:
        return None
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


def _times(ended: Any) -> tuple[list[float], list[float]]:
    """Seconds from due to first claim, and from there to the end, of the newest renders."""
    rows = ended.filter(started_at__isnull=False).order_by("-ended_at")
    facts = rows.values_list("job__scheduled_at", "started_at", "ended_at")[:SAMPLE]
    pickups = [(started - due).total_seconds() for due, started, _ended in facts]
    return pickups, [(ended - started).total_seconds() for _due, started, ended in facts]


def _said(since: datetime) -> dict[str, int]:
    """What families say of their pictures."""
    counts = {
        "thumbs_up": Count("pk", filter=Q(thumb=Feedback.Thumb.UP)),
        "thumbs_down": Count("pk", filter=Q(thumb=Feedback.Thumb.DOWN)),
        "problems": Count("pk", filter=~Q(problem="")),
    }
    return Feedback.objects.filter(changed_at__gt=since).aggregate(**counts)


def _rate(delivered: int, failed: int) -> float | None:
    return delivered / (delivered + failed) if delivered + failed else None


def _cost_by_day(at: datetime) -> tuple[tuple[str, int], ...]:
    recent = Attempt.objects.filter(started_at__gt=at - COST_DAYS)
    days = recent.annotate(day=TruncDate("started_at")).values("day").annotate(cost=Sum("cost_micro_usd"))
    return tuple((row["day"].isoformat(), row["cost"]) for row in days.order_by("-day"))
