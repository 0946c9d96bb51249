"""What staff keep an eye on: the numbers of the last day, refreshed by itself, and the newest failures."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from generations.models import Render
from generations.monitor import Snapshot, snapshot
from generations.states import RenderStatus

REFRESH_EVERY = 10  # seconds
FAILURES_SHOWN = 20

Row = tuple[str | Promise, Callable[[Any], str], str]


def count(value: int) -> str:
    return str(value)


def seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


# What is shown of a snapshot: label, how it is written, field.
NOW: Sequence[Row] = (
    (_("Workers alive"), count, "workers_alive"),
    (_("Pictures waiting"), count, "queue_depth"),
    (_("Oldest of them waits for"), seconds, "oldest_waiting"),
    (_("Pictures being drawn"), count, "running"),
    (_("Providers at rest after failures"), count, "providers_resting"),
)
LAST_DAY: Sequence[Row] = (
    (_("Delivered"), count, "delivered"),
    (_("Failed"), count, "failed"),
    (_("Success rate"), share, "success_rate"),
    (_("From due to claimed, half of all within"), seconds, "pickup_p50"),
    (_("From due to claimed, 95 % within"), seconds, "pickup_p95"),
    (_("From claimed to ended, half of all within"), seconds, "run_p50"),
    (_("From claimed to ended, 95 % within"), seconds, "run_p95"),
    (_("Tries after the first"), count, "retries"),
    (_("Pictures whose credit went back"), count, "refunds"),
    (_("Thumbs up"), count, "thumbs_up"),
    (_("Thumbs down"), count, "thumbs_down"),
    (_("Problems reported"), count, "problems"),
)


@require_safe
def monitor(request: HttpRequest) -> HttpResponse:
    """For staff only, by the admin's own guard (config/urls.py)."""
    facts = snapshot(at=timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": _("Monitor"),
        "refresh_every": REFRESH_EVERY,
        "tables": [(_("Now"), written(facts, NOW)), (_("The last 24 hours"), written(facts, LAST_DAY))],
        "costs": [(day, f"${cost / 1_000_000:.2f}") for day, cost in facts.cost_by_day],
        "failures": newest_failures(),
    }
    return render(request, "admin/generations/monitor.html", context)


def written(facts: Snapshot, rows: Sequence[Row]) -> list[tuple[str | Promise, str]]:
    """Label and value of each row, as text."""
    return [(label, write(getattr(facts, field))) for label, write, field in rows]


def newest_failures() -> QuerySet[Render]:
    failed = Render.objects.filter(status=RenderStatus.FAILED).select_related("job")
    return failed.annotate(tries=Count("attempts")).order_by("-ended_at")[:FAILURES_SHOWN]
