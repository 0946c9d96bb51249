"""A database that is away, full or read-only: the caller is told to come back, since nothing is wrong with the request."""

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.errors import AppError
from config.logs import request_id

READ_ONLY = "25006"  # PostgreSQL's SQLSTATE for it; SQLite has one error for all of this
RETRY_AFTER = "5"  # seconds


def is_database_fault(error: BaseException | None) -> bool:
    """Whether it was the database's fault, not that of what was asked of it."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, wherever the exception came from: 503 with Retry-After for a fault of the database.

    The page is made without the request: its user and session may be what cannot be read.
    """
    if not is_database_fault(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
    message = _("We cannot do this just now, and nothing was charged. Please try again in a moment.")
    error = AppError("SERVICE_UNAVAILABLE", message)
    page = render_to_string("error.html", {"error": error, "request_id": request_id.get()})
    return HttpResponse(page, status=error.status, headers={"Retry-After": RETRY_AFTER})
