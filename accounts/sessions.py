"""How long a session lasts: thirty days from the last day of use; twelve hours, used or not, for staff.

Each session of somebody signed in has a BrowserSession, by which they find it on their account page.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import browser
from accounts.models import BrowserSession, SignInLink, User
from accounts.user_agent import words_of

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
    request.session[RENEWED_KEY] = _today().isoformat()
    request.session.set_expiry(timezone.now() + settings.STAFF_SESSION_AGE if user.is_staff else None)
    _list_browser(request, user)


def rotate(request: HttpRequest, user: User) -> None:
    """The session goes on under a new key, as after signing in: what it may do has grown."""
    request.session.cycle_key()
    set_length(request=request, user=user)


def end_all_of(user: User) -> None:
    """Ends every session of the user, and every mail that would still open one.

    Nobody has a password; what stands in its place is random, part of every session and link, and renewed here. So
    no session is missed, listed or not.
    """
    at = timezone.now()
    with transaction.atomic():
        SignInLink.objects.open(at=at).filter(user=user).update(
            expires_at=at
        )  # their codes do not know the password
        user.set_unusable_password()
        user.save(update_fields=["password"])
        Session.objects.filter(browser__user=user).delete()


def end_all_others(request: HttpRequest) -> None:
    """Ends every session of whoever is signed in but this one, which goes on under a new key."""
    user = request.user
    assert isinstance(user, User)
    end_all_of(user)
    update_session_auth_hash(request, user)
    set_length(request=request, user=user)


def _list_browser(request: HttpRequest, user: User) -> None:
    if request.session.session_key is None:  # somebody else was signed in here: their session is gone
        request.session.create()
    name, system = words_of(request.headers.get("User-Agent", ""))
    today = _today()
    BrowserSession.objects.update_or_create(
        session_id=request.session.session_key,
        defaults={"user": user, "browser": name, "system": system, "signed_in_on": today, "seen_on": today},
    )


class RenewSessionMiddleware:
    """Writes the session once a day, which moves its end by another thirty days (a staff session keeps its end)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only where the page asked for the session itself: nothing else may begin to depend on the cookie.
        if session.accessed and USER_KEY in session and session.get(RENEWED_KEY) != _today().isoformat():
            session[RENEWED_KEY] = _today().isoformat()
            BrowserSession.objects.filter(session=session.session_key).update(seen_on=_today())
        return response


def _today() -> date:
    return timezone.now().date()
