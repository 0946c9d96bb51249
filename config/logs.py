"""Log lines with the request's, job's and render's id and no personal data: as text for people, as JSON for machines."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

import structlog

from config.tracebacks import cut_from, told

ID_IN_REQUEST = "SCRIBBLE_REQUEST_ID"  # in request.META
request_id: ContextVar[str] = ContextVar("request_id", default="-")
_known: ContextVar[Mapping[str, str]] = ContextVar("known", default=MappingProxyType({}))

Event = structlog.types.EventDict


@contextmanager
def about(**ids: object) -> Iterator[None]:
    """Every line logged inside the block carries these ids (job, render), and what `note` adds meanwhile."""
    token = _known.set({**_known.get(), **_texts(ids)})
    try:
        yield
    finally:
        _known.reset(token)


def note(**ids: object) -> None:
    """Every further line of this request carries these ids too: what it is about has just become clear."""
    _known.set({**_known.get(), **_texts(ids)})


def _texts(ids: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in ids.items()}


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def _with_ids(_logger: object, _name: str, event: Event) -> Event:
    return {**_known.get(), **event, "request_id": _request_id_of(event["_record"])}


def _request_id_of(record: logging.LogRecord) -> str:
    """Django writes about errors when the middleware is through with the request; its record still holds it."""
    facts: Mapping[str, str] = getattr(getattr(record, "request", None), "META", {})
    return facts.get(ID_IN_REQUEST) or request_id.get()


def _with_plain_exception(_logger: object, _name: str, event: Event) -> Event:
    """An exception as types and places, also one that the queue has written into its message."""
    message, places = cut_from(event["event"])
    event["event"] = message.replace("\r", "\\r").replace("\n", "\\n")  # nobody writes lines of their own
    _kind, error, _trace = event.pop("exc_info", None) or (None, None, None)
    if exception := told(error) if error else places:
        event["exception"] = exception
    return event


SHARED: list[structlog.types.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow={"job", "render", "attempt", "code", "count", "seconds", "event_kind"}),
    _with_ids,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(style: str) -> logging.Formatter:
    """A formatter for logging's dictConfig; `style` is "json" or "text"."""
    last: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED, processors=[remove, _with_plain_exception, last]
    )
