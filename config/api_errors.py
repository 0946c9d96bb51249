"""Every way an API call can fail, turned into the envelope."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from config.envelope import app_error_response, error_response
from config.errors import AppError
from config.faults import is_database_fault

logger = logging.getLogger(__name__)

CODE_OF_STATUS = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "UPLOAD_TOO_LARGE",
    429: "RATE_LIMITED",
    503: "SERVICE_UNAVAILABLE",
}
# Where pydantic says a value came from; what follows is the field.
PLACES = ("body", "query", "form", "file", "header", "path")


def of_status(status: int) -> HttpResponse:
    """The envelope for an HTTP status that Django or the framework chose."""
    sentences = {
        "VALIDATION_ERROR": _("This request could not be read."),
        "UNAUTHORIZED": _("Please sign in first."),
        "FORBIDDEN": _("This is not allowed here. If the page is old, load it again."),
        "NOT_FOUND": _("There is nothing here."),
        "METHOD_NOT_ALLOWED": _("This address does not do that."),
        "UPLOAD_TOO_LARGE": _("This is too large."),
        "RATE_LIMITED": _("Too many requests: please wait a little."),
        "SERVICE_UNAVAILABLE": _("This does not work just now: please try again soon."),
        "INTERNAL_ERROR": _("Something went wrong on our side."),
    }
    code = CODE_OF_STATUS.get(status, "VALIDATION_ERROR" if status < 500 else "INTERNAL_ERROR")
    return error_response(code, sentences[code])


def field_of(location: Sequence[Any]) -> str:
    """The field that a pydantic location names: ("body", "data", "mode") -> "mode"; "__all__" for the whole body."""
    names = [part for part in location if isinstance(part, str)]
    if names and names[0] in PLACES:
        names = names[1:]
    # The framework puts the name of the view's own argument first when there is one schema for the whole body.
    return names[-1] if names and names != ["data"] else "__all__"


def details_of(errors: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """`{"<field>": ["message", ...]}` from pydantic's list of errors."""
    details: dict[str, list[str]] = {}
    for error in errors:
        details.setdefault(field_of(error["loc"]), []).append(error["msg"])
    return details


def _app_error(_request: HttpRequest, error: AppError) -> HttpResponse:
    return app_error_response(error)


def _validation(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    message = _("Some values are not right.")
    return error_response("VALIDATION_ERROR", message, details=details_of(error.errors))


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return of_status(error.status_code)


def _always(status: int) -> Callable[[HttpRequest, Exception], HttpResponse]:
    return lambda _request, _error: of_status(status)


def _unknown(_request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("an API call failed", exc_info=error)
    return of_status(503 if is_database_fault(error) else 500)


HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    AppError: _app_error,
    ValidationError: _validation,
    HttpError: _http,
    AuthenticationError: _always(401),
    Http404: _always(404),
    RequestDataTooBig: _always(413),
    SuspiciousOperation: _always(400),
    BadRequest: _always(400),
    MultiPartParserError: _always(400),
    UnreadablePostError: _always(400),
    Exception: _unknown,
}


def install(api: NinjaAPI) -> None:
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
