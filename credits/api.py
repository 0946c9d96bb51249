"""The ledger. (The balance is with the pictures, `generations/api/balance.py`: what is held depends on live pages.)"""

from django.http import HttpRequest
from ninja import Query, Router

from config.api_auth import caller
from config.cursors import MOST_PAGE_SIZE, PAGE_SIZE, newest_page
from config.envelope import Ok, answers
from credits.models import CreditEvent
from credits.schemas import Event, Events

router = Router(tags=["credits"])


@router.get("events", response=answers(Events), summary="Every change of the balance")
def credits_events(
    request: HttpRequest, cursor: str = "", limit: int = Query(PAGE_SIZE, ge=1, le=MOST_PAGE_SIZE)
) -> Ok[Events]:
    """Newest first, by cursor."""
    events = CreditEvent.objects.filter(account__user=caller(request))
    page = newest_page(events, by=("id",), cursor=cursor, size=limit)
    items = [event_of(event) for event in page.rows]
    return Ok[Events](data=Events(items=items, next_cursor=page.next_cursor or None))


def event_of(event: CreditEvent) -> Event:
    return Event(
        id=event.pk,
        amount=event.amount,
        balance_after=event.balance_after,
        reason=event.reason,
        label=event.get_reason_display(),
        job_id=event.job_uuid,
        render_id=event.render_uuid,
        at=event.at,
    )
