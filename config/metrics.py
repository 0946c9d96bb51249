"""Numbers for Prometheus, read from the database at each scrape: the same from every web process."""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from generations.monitor import snapshot

LOOPBACK = {"127.0.0.1", "::1"}
GAUGES = {
    "workers_alive": "Worker groups seen within the last minute",
    "queue_depth": "Renders that are due and in nobody's hands",
    "oldest_waiting": "Seconds that the oldest of them has been due",
    "running": "Renders that a worker holds",
    "delivered": "Pictures delivered within a day",
    "failed": "Renders failed within a day",
    "retries": "Attempts after the first within a day",
    "refunds": "Credits given back within a day",
    "providers_resting": "Providers that are not asked just now, as their calls failed",
    "pickup_p50": "Median seconds from due to claimed",
    "pickup_p95": "95th percentile of seconds from due to claimed",
    "run_p50": "Median seconds from claimed to ended",
    "run_p95": "95th percentile of seconds from claimed to ended",
}


class StudioCollector:
    """Turns a snapshot into gauges named scribblemachine_*."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        facts = snapshot(at=timezone.now())
        for name, text in GAUGES.items():
            value = getattr(facts, name)
            if value is not None:
                yield GaugeMetricFamily(f"scribblemachine_{name}", text, value=value)
        today = dict(facts.cost_by_day).get(timezone.now().date().isoformat(), 0)
        yield GaugeMetricFamily(
            "scribblemachine_cost_today_micro_usd", "Spent on providers today", value=today
        )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For the bearer of METRICS_TOKEN; without one only for this very machine. Anyone else: 404."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(StudioCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if not settings.METRICS_TOKEN:
        return request.META["REMOTE_ADDR"] in LOOPBACK and "X-Forwarded-For" not in request.headers
    asked = request.headers.get("Authorization", "")
    return hmac.compare_digest(asked.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
