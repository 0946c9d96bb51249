"""Gives each request an id, and turns an AppError into a page a person can read."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.errors import AppError
from config.faults import RETRY_AFTER
from config.logs import ID_IN_REQUEST, about, request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


class RequestIdMiddleware:
    """Takes the caller's X-Request-ID when it is harmless, else makes one; answers with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("X-Request-ID", "")
        token = request_id.set(asked if SAFE_ID.match(asked) else uuid.uuid4().hex)
        request.META[ID_IN_REQUEST] = request_id.get()
        try:
            with about():  # what the request notes ends with it
                response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class AppErrorMiddleware:
    """An AppError raised in a page becomes `error.html` with its status; the API has its own envelope."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 503:
            response.headers.setdefault("Retry-After", RETRY_AFTER)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, AppError):
            return None
        context = {"error": error, "request_id": request_id.get()}
        response = render(request, "error.html", context, status=error.status)
        for name, value in error.headers.items():
            response[name] = value
        return response
