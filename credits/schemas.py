"""What the API says about credits."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class Balance(Schema):
    """Credits, and what the plan still allows. `held` is for pages in the making: already taken from the balance."""

    balance: int
    held: int
    used_this_month: int
    uploads_left_hour: int
    generations_left_hour: int
    left_today: int
    resets_at: datetime


class Event(Schema):
    """One line of the ledger. `job_id` and `render_id` name what it paid for."""

    id: int
    amount: int
    balance_after: int
    reason: str
    label: str
    job_id: UUID | None
    render_id: UUID | None
    at: datetime


class Events(Schema):
    """A page of the ledger, newest first; `next_cursor` is null on the last one."""

    items: list[Event]
    next_cursor: str | None
