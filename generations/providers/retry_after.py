"""How long a busy service asks us to wait (RFC 9110, 10.2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 120.0  # seconds: whoever asks for more is skipped by the render's deadline anyway


def seconds_to_wait(headers: Mapping[str, str]) -> float:
    """0..LONGEST; 0 without the header or with one that cannot be read."""
    value = headers.get("Retry-After", "")
    seconds = float(value) if value.isascii() and value.isdigit() else _until(value)
    return min(max(seconds, 0.0), LONGEST)


def _until(date: str) -> float:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return 0.0
    return (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
