"""Counts what was used against what a plan allows: a sliding hour, and a day of the account's own time zone.

Called under the account's lock, so that simultaneous requests are counted one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from config.errors import rate_limited
from credits.models import CreditAccount, UsageEvent
from credits.plans import limits_of

HOUR = timedelta(hours=1)
Kind = UsageEvent.Kind


@dataclass(frozen=True)
class Window:
    """At most `most` events since `start`; full windows free a place after `reopens`."""

    most: int
    start: datetime
    reopens: timedelta
    message: str


def windows_for(user: User, kind: str, *, at: datetime) -> list[Window]:
    """The limits of the user's plan that count this kind of event."""
    limits = limits_of(user)
    hour = at - HOUR
    if kind == Kind.UPLOAD:
        return [
            Window(
                limits.uploads_an_hour, hour, HOUR, _("That is a lot of photos. Please try again in a while.")
            )
        ]
    if kind == Kind.PLAN:
        message = _("That is a lot of plans this hour. Please try again in a while.")
        return [Window(limits.plans_an_hour, hour, HOUR, message)]
    if kind == Kind.TITLE:
        message = _("That is a lot of titles. Please try again in a while.")
        return [Window(limits.titles_an_hour, hour, HOUR, message)]
    return [
        Window(
            limits.pages_an_hour,
            hour,
            HOUR,
            _("That is a lot of pages this hour. Please try again in a while."),
        ),
        Window(
            limits.pages_a_day,
            day_start(user, at=at),
            HOUR * 24,
            _("That is all for today. See you tomorrow!"),
        ),
    ]


def use(*, user: User, account: CreditAccount, kind: str, count: int, at: datetime) -> list[UsageEvent]:
    """Writes `count` usage events and returns them, or raises RATE_LIMITED and writes none."""
    events = UsageEvent.objects.filter(account=account, kind=kind)
    check(events, windows_for(user, kind, at=at), count=count, at=at)
    events_now = (UsageEvent(account=account, kind=kind, at=at) for _number in range(count))
    return UsageEvent.objects.bulk_create(events_now)


def check(events: QuerySet[UsageEvent], windows: Sequence[Window], *, count: int, at: datetime) -> None:
    """Raises RATE_LIMITED when `count` more events do not fit into every window."""
    for window in windows:
        counted = events.filter(at__gt=window.start)
        used = counted.count()
        if used + count > window.most:
            oldest = counted.order_by("at").values_list("at", flat=True).first() or at
            raise rate_limited(
                _refusal(window, window.most - used),
                int((max(oldest, window.start) + window.reopens - at).total_seconds()),
            )


def _refusal(window: Window, left: int) -> str:
    """How many fewer would fit, where any would."""
    if left <= 0:
        return window.message
    words = ngettext(
        "Only %(left)d more page fits in just now.", "Only %(left)d more pages fit in just now.", left
    )
    return words % {"left": left}


def left(user: User, account: CreditAccount, kind: str, *, at: datetime) -> list[int]:
    """How many more events fit into each window now, never below 0."""
    events = UsageEvent.objects.filter(account=account, kind=kind)
    return [max(0, w.most - events.filter(at__gt=w.start).count()) for w in windows_for(user, kind, at=at)]


def day_start(user: User, *, at: datetime) -> datetime:
    """The last midnight in the user's time zone."""
    return at.astimezone(ZoneInfo(user.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
