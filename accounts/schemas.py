"""What the API says about people."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class Me(Schema):
    """The signed-in user."""

    id: UUID
    email: str
    name: str
    plan: str
    paper: str
    language: str
    time_zone: str
    is_staff: bool
    created_at: datetime
