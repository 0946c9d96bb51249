"""The studio's numbers, for staff."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from config.api_auth import check_staff
from config.envelope import Ok, answers
from generations.monitor import snapshot

router = Router(tags=["staff"])


class DayCost(Schema):
    """Spent on providers on one day, in millionths of a US dollar."""

    day: str
    cost_micro_usd: int


class Monitor(Schema):
    """Now, and the last 24 hours. Times in seconds, the rate 0-1; null without anything to go by."""

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
    cost_by_day: list[DayCost]


@router.get("monitor", response=answers(Monitor), summary="Queue, success, times and cost")
def admin_monitor(request: HttpRequest) -> Ok[Monitor]:
    """Staff only. What waits, how it goes, what it costs; cost by day, newest first."""
    check_staff(request)
    facts = snapshot(at=timezone.now()).as_dict()
    costs = [DayCost(day=day, cost_micro_usd=cost) for day, cost in facts.pop("cost_by_day")]
    return Ok[Monitor](data=Monitor(**facts, cost_by_day=costs))
