"""What the API says about people."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

PRINTABLE = r"^[^\x00-\x1f\x7f]+$"  # at least one character


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


class KeyWish(Schema):
    """A key to be made. Without `expires_in_days` it stays until it is revoked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=PRINTABLE)]
    scope: Literal["read", "write"] = "read"
    expires_in_days: int | None = Field(None, ge=1, le=366)


class Key(Schema):
    """A personal key; `hint` is its last four characters. The day and minute of its last use, null before the first."""

    id: UUID
    name: str
    scope: str
    hint: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class Keys(Schema):
    """All keys of the caller, newest first."""

    items: list[Key]


class NewKey(Key):
    """`key` is the secret itself. It is told this once and kept nowhere."""

    key: str


class RevokedKey(Schema):
    """The key that opens nothing any more."""

    id: UUID
