"""Bad uploads against the real site: each gets its code, and its processes are the same ones afterwards."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from config.processes import running_parents
from tests.browser.site import TOP, Site, running_site
from tests.factories import jpeg
from tests.generations.uploads.test_refused import UNREADABLE, UNSUPPORTED

URL = "/api/v1/uploads/direct"
TOKEN = "t" * 32  # the double-submit cookie: header and cookie must agree
SIGN_IN = """
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import User
user = User.objects.create_user("alice@example.org")
session = SessionStore()
session.update({"_auth_user_id": str(user.pk), "_auth_user_backend": "sesame.backends.ModelBackend",
                "_auth_user_hash": user.get_session_auth_hash()})
session.save()
print("key:" + session.session_key)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def headers(site: Site) -> dict[str, str]:
    """Those of a signed-in browser."""
    command = (sys.executable, "manage.py", "shell", "--no-imports", "-c", SIGN_IN)
    environment = {**os.environ, "VAR_DIR": str(site.var)}
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, check=True)
    key = done.stdout.rpartition("key:")[2].strip()
    return {"Cookie": f"session={key}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


def form(raw: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n'
    return head + raw + b"\r\n--x--\r\n"


def post(site: Site, headers: dict[str, str], body: bytes, **more: str) -> tuple[int, str]:
    """Status and error code ("" when there is none)."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    connection.request("POST", URL, body, {**headers, **kind, **more})
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer.get("error", {}).get("code", "")


def family() -> set[int]:
    """The pids of the site: everything below this process that is no decoder at work."""
    parents = running_parents()
    pids = {os.getpid()}
    while found := {child for child, parent in parents.items() if parent in pids} - pids:
        pids |= found
    return pids


def steady_family() -> set[int]:
    """The pids once two looks agree: short-lived children are gone by then."""
    before = family()
    while (now := family()) != before:
        before = now
        time.sleep(0.2)
    return now


def test_bad_photos_and_broken_requests_harm_nothing(site: Site, headers: dict[str, str]):
    before = steady_family()
    files = set((site.var / "media").rglob("*"))
    answers = {name: post(site, headers, form(raw)) for name, raw in (UNSUPPORTED | UNREADABLE).items()}
    assert {answers[name] for name in UNSUPPORTED} == {(415, "UNSUPPORTED_FORMAT")}
    assert {answers[name] for name in UNREADABLE} == {(422, "UNREADABLE_IMAGE")}
    assert set((site.var / "media").rglob("*")) == files
    assert before <= steady_family()


def test_a_huge_body_is_refused_before_it_is_sent(site: Site, headers: dict[str, str]):
    started = time.monotonic()
    assert post(site, headers, b"", **{"Content-Length": str(25 * 1024**2)}) == (413, "UPLOAD_TOO_LARGE")
    assert time.monotonic() - started < 2


def test_a_client_that_hangs_up_in_the_middle_harms_nothing(site: Site, headers: dict[str, str]):
    address = urlsplit(site.url)
    lines = [f"POST {URL} HTTP/1.1", f"Host: {address.netloc}", "Content-Length: 90000"]
    lines += [
        "Content-Type: multipart/form-data; boundary=x",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    with socket.create_connection((str(address.hostname), address.port or 80)) as half:
        half.sendall("\r\n".join([*lines, "", ""]).encode() + form(jpeg())[:400])
    assert post(site, headers, form(jpeg())) == (201, "")
