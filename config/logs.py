"""Log lines with the request's, job's and render's id and no personal data: as text for people, as JSON for machines."""

import logging
from contextvars import ContextVar

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="-")

SHARED: list[structlog.types.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow={"job", "render", "attempt", "code", "count", "seconds", "event_kind"}),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def _with_request_id(
    _logger: object, _name: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    event["request_id"] = request_id.get()
    return event


def formatter(style: str) -> logging.Formatter:
    """A formatter for logging's dictConfig; `style` is "json" or "text"."""
    last: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*SHARED, _with_request_id],
        processors=[remove, structlog.processors.format_exc_info, last],
    )
