"""Bodies that are meant to hurt the reader: refused quickly, and never an error of ours."""

import json
import logging
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import User
from config.json_body import DEEPEST
from config.logs import formatter
from generations.models import Asset, Job
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
GENERATIONS = "/api/v1/generations"


def nested(depth: int, opening: str = '{"x":', closing: str = "}") -> bytes:
    return (opening * depth + "1" + closing * depth).encode()


BAD_JSON = {
    "5 MB": (b'{"prompt": "' + b"x" * 5_000_000 + b'"}', 413),
    "1000 objects deep": (nested(1000), 400),
    "1000 lists deep": (nested(1000, "[", "]"), 400),
    "a million lists deep": (b"[" * 1_000_000, 400),
    "one level too deep": (nested(DEEPEST + 1), 400),
    "NaN": (b'{"mode": NaN}', 400),
    "Infinity": (b'{"mode": -Infinity}', 400),
    "a name twice": (b'{"mode": "coloring", "mode": "imagine"}', 400),
    "a name twice inside": (b'{"mode": "coloring", "params": {"paper": "a4", "paper": "letter"}}', 400),
    "Latin-1": ('{"mode": "Übung"}'.encode("latin-1"), 400),
    "UTF-16": ('{"mode": "coloring"}'.encode("utf-16"), 400),
    "half a surrogate": (b'{"mode": "coloring", "params": {"title": "\\ud800"}, "upload_ids": []}', 400),
    "NUL": (b'{"mode": "color\x00ing"}', 400),
    "NUL escaped": (b'{"mode": "coloring", "params": {"title": "\\u0000"}, "upload_ids": []}', 400),
    "a huge number": (b'{"mode": ' + b"9" * 100_000 + b"}", 400),
    "a huge exponent": (b'{"mode": "coloring", "count": 1e999999999}', 400),
    "no object": (b'"coloring"', 400),
    "nothing": (b"", 400),
    "blanks": (b" " * 1_000_000, 400),
}
TARGETS = ("/api/v1/generations", "/api/v1/pdf/export", "/api/v1/api-keys")


@pytest.mark.parametrize(("body", "status"), BAD_JSON.values(), ids=BAD_JSON)
def test_json_that_is_none_is_refused_at_once(alice_client: Client, body: bytes, status: int) -> None:
    for url in TARGETS:
        started = time.process_time()
        response = alice_client.post(url, body, content_type="application/json")
        assert time.process_time() - started < 1
        assert response.status_code == status, url
        assert response.json()["success"] is False
    assert not Job.objects.exists()


def test_what_everybody_sends_is_read(alice_client: Client) -> None:
    body = json.dumps({"mode": "coloring", "upload_ids": [], "params": {"title": "Für Łódź {[("}})
    response = alice_client.post(GENERATIONS, body, content_type="application/json")
    assert set(response.json()["error"]["details"]) == {"photos"}


@pytest.mark.parametrize("url", ["/sign-in/", "/photos/", "/ideas/"])
def test_forms_with_too_many_fields_or_files_are_refused(client: Client, url: str) -> None:
    fields = "&".join(f"x{number}=1" for number in range(2000))
    assert client.post(url, fields, content_type="application/x-www-form-urlencoded").status_code == 400
    edge = "x"
    part = f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\nx\r\n'
    body = part * 50 + f"--{edge}--\r\n"
    assert client.post(url, body, content_type=f"multipart/form-data; boundary={edge}").status_code == 400


@pytest.mark.parametrize(
    "body",
    [b"", b"--x", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data; name=photo\r\n", b"\x00" * 1000],
    ids=["empty", "edge", "no head", "half", "zeros"],
)
@pytest.mark.parametrize("url", ["/photos/", "/api/v1/uploads/direct"])
def test_a_broken_form_is_refused(alice_client: Client, url: str, body: bytes) -> None:
    response = alice_client.post(url, body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in (400, 403)
    assert not Asset.objects.exists()


# --- What is logged of it ---------------------------------------------------------------------------------------------


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record)


@pytest.fixture
def refusals() -> Iterator[list[logging.LogRecord]]:
    kept, logger = Kept(), logging.getLogger("config.refusals")
    logger.addHandler(kept)
    yield kept.lines
    logger.removeHandler(kept)


def test_who_is_turned_away_is_noted_without_a_query_and_on_one_line(
    alice: User, refusals: list[logging.LogRecord]
) -> None:
    client = signed_in(alice)
    client.generic("BREW", "/api/v1/modes%0d%0a2026-01-01 all is well?key=scribble_secret")
    client.post(GENERATIONS, b"{", content_type="application/json")
    assert [record.code for record in refusals][-1] == 400
    lines = [formatter("json").format(record) for record in refusals]
    assert all("\n" not in line and "scribble_secret" not in line for line in lines)
    assert not any(str(alice.pk) in line or alice.email in line for line in lines)
