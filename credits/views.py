"""The balance and how it came about."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, signed_in
from accounts.models import User
from config.cursors import newest_page
from credits.actions import used_since
from credits.models import CreditAccount, CreditEvent

EVENTS_A_PAGE = 20


@signed_in
@require_safe
def history(request: SignedInRequest) -> HttpResponse:
    """Balance, credits used this month, and the events, newest first; htmx asks for more rows alone."""
    events = CreditEvent.objects.filter(account__user=request.user)
    page = newest_page(events, by=("id",), cursor=request.GET.get("cursor", ""), size=EVENTS_A_PAGE)
    context = {
        "events": page.rows,
        "next_cursor": page.next_cursor,
        "jobs": _existing_jobs(request.user, page.rows),
    }
    if request.htmx:
        return render(request, "credits/history.html#events", context)
    return render(request, "credits/history.html", {**context, **_balance(request.user)})


def _existing_jobs(user: User, events: Sequence[CreditEvent]) -> set[UUID]:
    """The ledger outlives the pictures: only these can still be linked."""
    named = {event.job_uuid for event in events if event.job_uuid}
    return set(user.jobs.filter(pk__in=named).values_list("pk", flat=True)) if named else set()


def _balance(user: User) -> dict[str, int]:
    """`balance` now, for header and page, and `used`: credits spent since the month began."""
    account = CreditAccount.objects.filter(user=user).first()
    start = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return {
        "balance": account.balance if account else 0,
        "used": used_since(account, start) if account else 0,
    }
