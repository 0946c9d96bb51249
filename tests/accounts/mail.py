"""A browser that signs in by mail, and the reading of what it was mailed."""

import re
from typing import Any, cast

from django.core import mail
from django.http import HttpResponse
from django.test import Client

ADDRESS = "alice@example.org"
SIGN_IN, WAIT, STATUS = "/sign-in/", "/sign-in/wait/", "/sign-in/wait/status/"


def ask(client: Client, email: str = ADDRESS, *, next_path: str = "", **headers: Any) -> HttpResponse:
    return cast(HttpResponse, client.post(SIGN_IN, {"email": email, "next": next_path}, **headers))


def mailed_link() -> str:
    """Path of the link in the newest mail."""
    found = re.search(r"https?://[^/\s]+(/sign-in/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def mailed_code() -> str:
    found = re.search(r"^\s+(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group(1)


def type_code(client: Client, code: str | None = None) -> HttpResponse:
    return cast(HttpResponse, client.post(WAIT, {"code": mailed_code() if code is None else code}))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
