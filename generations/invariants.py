"""What must always hold between renders, jobs and the ledger."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from credits.invariants import MOST_SHOWN, rows
from generations.models import Job, Render
from generations.states import JOB_ENDED, LIVE
from generations.tries import MOST_A_PROVIDER, MOST_A_RENDER, MOST_LOST_CLAIMS

NET_PER_RENDER = """
SELECT render.id, render.status, COALESCE(SUM(event.amount), 0) AS net
FROM generations_render AS render
LEFT JOIN credits_creditevent AS event ON event.render_uuid = render.id
GROUP BY render.id, render.status, render.price, render.is_present
HAVING COALESCE(SUM(event.amount), 0) <> CASE
    WHEN render.status IN ('failed', 'canceled') OR render.is_present THEN 0 ELSE -render.price END
"""
OVERDUE_AFTER = timedelta(seconds=60)


def net_per_render() -> list[str]:
    """L2: a render in flight or delivered has cost its price; a failed or cancelled one and a present nothing."""
    return [f"render {render} is {status} and has cost {net}" for render, status, net in rows(NET_PER_RENDER)]


def nothing_stuck() -> list[str]:
    """Q1: no live render is a minute past its deadline."""
    stuck = Render.objects.past_deadline(at=timezone.now() - OVERDUE_AFTER)
    return [f"render {render.pk} is stuck" for render in stuck[:MOST_SHOWN]]


def tries_within_bounds() -> list[str]:
    """Q3: attempts a provider and a render, and lost claims, stay within their limits."""
    counted = Count("attempts", filter=Q(attempts__number__gt=F("tries_from")))
    many = Render.objects.annotate(tries=counted).filter(
        Q(tries__gt=MOST_A_RENDER) | Q(lost_claims__gt=MOST_LOST_CLAIMS)
    )
    by_provider = Render.objects.values("pk", "attempts__provider").annotate(tries=counted)
    over = by_provider.filter(tries__gt=MOST_A_PROVIDER)
    ids = [render.pk for render in many[:MOST_SHOWN]] + [row["pk"] for row in over[:MOST_SHOWN]]
    return [f"render {render_id} was tried too often" for render_id in ids]


def jobs_agree() -> list[str]:
    """A job has ended exactly when all of its renders have, and succeeded exactly when one was delivered."""
    live = Count("renders", filter=Q(renders__status__in=LIVE))
    delivered = Count("renders", filter=Q(renders__status="delivered"))
    jobs = Job.objects.annotate(live=live, delivered=delivered)
    ended = Q(status__in=JOB_ENDED)
    wrong = jobs.filter(
        (ended & Q(live__gt=0))
        | (~ended & Q(live=0))
        | Q(status="succeeded", delivered=0)
        | Q(status="failed", delivered__gt=0)
    )
    return [f"job {job.pk} is {job.status} against its renders" for job in wrong[:MOST_SHOWN]]


def delivered_have_files() -> list[str]:
    """W6: a delivered render has its files."""
    empty = Render.objects.delivered().annotate(files=Count("assets")).filter(files=0)
    return [f"render {render.pk} was delivered without a file" for render in empty[:MOST_SHOWN]]
