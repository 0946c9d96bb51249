"""The browser that asked for a mail: a random key and the address, kept in its session until it has signed in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

SESSION_KEY = "asked_for_mail"
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Asked:
    """What the browser asked for; all empty when it has not asked."""

    browser_key: str = ""
    email: str = ""
    next_path: str = ""


def asked(request: HttpRequest) -> Asked:
    return Asked(**request.session.get(SESSION_KEY, {}))


def browser_key(request: HttpRequest) -> str:
    """The key of this browser, or a new one."""
    return asked(request).browser_key or secrets.token_urlsafe(24)


def remember(request: HttpRequest, what: Asked) -> None:
    """Kept for a day, like the mail itself: signing in sets the session's length anew."""
    request.session.set_expiry(int(KEPT.total_seconds()))
    request.session[SESSION_KEY] = {
        "browser_key": what.browser_key,
        "email": what.email,
        "next_path": what.next_path,
    }


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
