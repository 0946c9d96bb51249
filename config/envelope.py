"""The one shape of every answer of the API: `{"success": true, "data": ...}` or `{"success": false, "error": {...}}`."""

from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

from django.http import JsonResponse
from ninja import Schema

from config.errors import STATUS_OF_CODE, AppError
from config.logs import request_id

T = TypeVar("T")

# What any operation may answer: bad input, signed out, no CSRF token, our own fault, a database that is away.
ALWAYS = ("VALIDATION_ERROR", "UNAUTHORIZED", "FORBIDDEN", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE")
REMAINING = "X-RateLimit-Remaining"
# Whoever is sent away is told when to come back, in seconds.
USUAL_HEADERS = {429: {"Retry-After": "5", REMAINING: "0"}, 503: {"Retry-After": "5"}}


class Ok(Schema, Generic[T]):
    """What was asked for."""

    success: Literal[True] = True
    data: T


class ErrorBody(Schema):
    """`code` for programs, `message` for people, `details` by field (`__all__` for the whole body)."""

    code: str
    message: str
    details: dict[str, Any]
    request_id: str


class ErrorAnswer(Schema):
    """What went wrong."""

    success: Literal[False] = False
    error: ErrorBody


def answers(data: Any, *codes: str, status: int = 200) -> dict[Any, Any]:
    """What an operation declares: its success and every error it may answer, by HTTP status."""
    return {status: Ok[data], _statuses(codes): ErrorAnswer}


def file_answers(*codes: str) -> dict[Any, Any]:
    """What an operation declares that answers with a file; its content types come by `file_types`."""
    return {200: None, _statuses(codes): ErrorAnswer}


def file_types(*types: str) -> dict[str, Any]:
    """The part of the OpenAPI description that says which kinds of file an operation answers with."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"description": "The file", "content": dict.fromkeys(types, binary)}}}


def _statuses(codes: tuple[str, ...]) -> frozenset[int]:
    return frozenset(STATUS_OF_CODE[code] for code in (*ALWAYS, *codes))


def error_response(
    code: str,
    message: str,
    *,
    details: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """The error envelope with the status of its code; 429 and 503 always say when to come back."""
    body = ErrorBody(code=code, message=message, details=dict(details or {}), request_id=request_id.get())
    status = STATUS_OF_CODE[code]
    usual = USUAL_HEADERS.get(status, {})
    return JsonResponse(ErrorAnswer(error=body).dict(), status=status, headers={**usual, **(headers or {})})


def app_error_response(error: AppError) -> JsonResponse:
    return error_response(error.code, str(error.message), details=error.details, headers=error.headers)
