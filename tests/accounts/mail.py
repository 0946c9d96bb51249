"""A browser that signs in by mail, and the reading of what it was mailed."""

import re
import threading
from typing import Any, cast

from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client

THREADS = 32
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


def at_once(act):
    """What `act` returned in each of 32 threads that start together."""
    start, answers = threading.Barrier(THREADS), []

    def run():
        start.wait()
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def same_browser(client: Client) -> Client:
    """The same cookies on another connection."""
    other = Client()
    other.cookies.update(client.cookies)
    return other
