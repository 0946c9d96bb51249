"""Exceptions for the logs: what happened and where, without the words that somebody typed.

A message such as "could not convert string to float: 'a hedgehog for Mia'" holds a prompt, and one of PostgreSQL's
"Key (email)=(...) already exists" an address. So a message is told only when the system or Python itself wrote it.
"""

import traceback
from collections.abc import Iterator

from django.db import OperationalError

from accounts.redaction import redacted

TELLING = (OSError, OperationalError, TypeError, AttributeError, NameError, ImportError, MemoryError)
START = "Traceback (most recent call last):"
PLACE = "  File "


def told(error: BaseException) -> str:
    """Type and places of an exception after those of the ones that led to it, the first cause first."""
    return "\n\n".join(_told_alone(link) for link in reversed(list(_chain(error))))


def cut_from(message: str) -> tuple[str, str]:
    """A message without the traceback that somebody wrote into it, and the places that one names ("" without)."""
    if START not in message:
        return message, ""
    head, _start, trace = message.partition(START)
    places = [line.strip() for line in trace.splitlines() if line.startswith(PLACE)]
    return head.partition(" - ")[0].strip(), "\n".join(places)


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _told_alone(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    words = f": {error}" if isinstance(error, TELLING) else ""
    return redacted("".join([START, "\n", *traceback.format_tb(error.__traceback__), name, words]))
