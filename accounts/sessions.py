"""How long a session lasts: thirty days from the last day of use; twelve hours, used or not, for staff."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import browser
from accounts.models import User

RENEWED_KEY = "renewed_on"


def sign_in(request: HttpRequest, user: User) -> None:
    """Opens a session for the user under a new key. What the browser asked for is done with."""
    browser.forget(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])


def sign_out(request: HttpRequest) -> None:
    """Ends the session on the server: the old cookie is worth nothing afterwards."""
    logout(request)


def set_length(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Called by Django's `user_logged_in` for every way of signing in."""
    request.session[RENEWED_KEY] = _today()
    request.session.set_expiry(timezone.now() + settings.STAFF_SESSION_AGE if user.is_staff else None)


class RenewSessionMiddleware:
    """Writes the session once a day, which moves its end by another thirty days (a staff session keeps its end)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only where the page asked for the session itself: nothing else may begin to depend on the cookie.
        if session.accessed and USER_KEY in session and session.get(RENEWED_KEY) != _today():
            session[RENEWED_KEY] = _today()
        return response


def _today() -> str:
    return timezone.now().date().isoformat()
