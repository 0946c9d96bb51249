"""The envelope: whatever goes wrong below /api/ is told the same way."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import User
from config import api_errors
from config.api import ROUTERS, api
from config.errors import STATUS_OF_CODE

API = "/api/v1"
pytestmark = pytest.mark.django_db


def check_error(response, code: str) -> dict[str, object]:
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (STATUS_OF_CODE[code], code)
    assert response.json() == {"success": False, "error": error}
    assert set(error) == {"code", "message", "details", "request_id"}
    assert error["request_id"] == response.headers["X-Request-ID"]
    return error


def strict(user: User) -> Client:
    """A browser whose forms are checked for their CSRF token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_signed_out(client: Client):
    check_error(client.get(f"{API}/auth/me"), "UNAUTHORIZED")


def test_a_key_never_falls_back_to_the_cookie(alice_client: Client):
    for value in ("Bearer nonsense", "Basic YTpi", ""):
        check_error(alice_client.get(f"{API}/auth/me", headers={"Authorization": value}), "UNAUTHORIZED")


def test_a_blocked_user_is_signed_out(alice: User, alice_client: Client):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    check_error(alice_client.get(f"{API}/auth/me"), "UNAUTHORIZED")


def test_writing_needs_the_csrf_token(alice: User):
    check_error(strict(alice).post(f"{API}/generations", {}, content_type="application/json"), "FORBIDDEN")
    headers = {"Origin": "null"}
    check_error(strict(alice).post(f"{API}/uploads/direct", {}, headers=headers), "FORBIDDEN")


def test_writing_with_the_csrf_token(alice: User):
    client = strict(alice)
    client.cookies["csrftoken"] = token = "t" * 32
    response = client.post(f"{API}/generations", {}, "application/json", headers={"X-CSRFToken": token})
    check_error(response, "VALIDATION_ERROR")


def test_reading_needs_no_token(alice: User):
    assert strict(alice).get(f"{API}/auth/me").json()["success"] is True


@pytest.mark.parametrize("path", ["", "/nothing", "/generations/", "/../x"])
def test_unknown_paths(alice_client: Client, path: str):
    check_error(alice_client.get(f"{API}{path}"), "NOT_FOUND")
    check_error(alice_client.get("/api/jobs"), "NOT_FOUND")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_wrong_methods(alice_client: Client, method: str):
    response = alice_client.generic(method, f"{API}/modes")
    check_error(response, "METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "GET"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"mode": "coloring",}', b"[" * 100_000])
def test_bodies_that_cannot_be_read(alice_client: Client, body: bytes):
    response = alice_client.post(f"{API}/generations", body, content_type="application/json")
    check_error(response, "VALIDATION_ERROR")


def test_a_json_body_that_is_too_large(alice_client: Client):
    body = json.dumps({"prompt": "x" * 3_000_000})
    check_error(
        alice_client.post(f"{API}/generations", body, content_type="application/json"), "UPLOAD_TOO_LARGE"
    )


def test_values_that_are_not_right_are_named(alice_client: Client):
    body = {"mode": 3, "upload_ids": ["x"] * 25, "params": []}
    response = alice_client.post(f"{API}/generations", body, content_type="application/json")
    details = check_error(response, "VALIDATION_ERROR")["details"]
    assert set(details) == {"mode", "upload_ids", "params"}
    assert all(isinstance(text, str) for texts in details.values() for text in texts)


@pytest.fixture
def broken_modes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def break_down(_mode: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("generations.api.modes.mode_info", break_down)
    logging.getLogger(api_errors.__name__).disabled = True
    yield
    logging.getLogger(api_errors.__name__).disabled = False


@pytest.mark.usefixtures("broken_modes")
@pytest.mark.parametrize("debug", [True, False])
def test_our_own_faults_show_no_trace(alice_client: Client, settings, debug: bool):  # noqa: FBT001
    settings.DEBUG = debug
    response = alice_client.get(f"{API}/modes")
    check_error(response, "INTERNAL_ERROR")
    assert b"secret" not in response.content


def test_a_harmless_request_id_comes_back(alice_client: Client):
    response = alice_client.get(f"{API}/auth/me", headers={"X-Request-ID": "abc-12345678"})
    assert response.headers["X-Request-ID"] == "abc-12345678"


def test_answers_are_not_kept_by_others(alice_client: Client):
    assert alice_client.get(f"{API}/auth/me").headers["Cache-Control"] == "private, no-store"


# --- What the API says about itself ---------------------------------------------------------------------------------


def schema(client: Client) -> dict[str, object]:
    return client.get(f"{API}/openapi.json").json()


def test_every_operation_declares_what_it_answers(client: Client):
    described = schema(client)
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len(operations) == 60
    for operation in operations:
        codes = set(operation["responses"])
        assert {"400", "401", "403", "500"} <= codes
        assert codes & {"200", "201", "202"}
        assert operation["summary"]


def test_files_are_described_as_files(client: Client):
    described = schema(client)["paths"]
    for path, types in {f"{API}/pdf/{{pdf_id}}": 1, f"{API}/renders/{{render_id}}/file": 3}.items():
        assert len(described[path]["get"]["responses"]["200"]["content"]) == types


FOR_ANYBODY = {f"{API}/community"}
SIGNED = {f"{API}/webhooks/replicate/{{attempt_id}}"}  # by the provider that sends it


def test_every_operation_needs_a_key_or_the_session(client: Client):
    paths = schema(client)["paths"]
    operations = [
        operation
        for name, path in paths.items()
        if name not in SIGNED | FOR_ANYBODY
        for operation in path.values()
    ]
    ways = [[name for way in operation["security"] for name in way] for operation in operations]
    assert ways.count(["Key", "Session"]) == len(operations) - 6
    assert ways.count(["QueueSecret"]) == 2
    assert ways.count(["Session"]) == 1  # a key makes no keys
    assert ways.count(["Key", "Session", "Visitor"]) == 3  # who brings a photo before signing in
    assert len(ROUTERS) == 19
    assert api.docs_url == "/docs"


def test_the_docs_take_everything_from_here(client: Client):
    response = client.get(f"{API}/docs")
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert b"http" not in response.content.replace(b"xmlns", b"")
    assert b'"validatorUrl": null' in response.content
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in client.get("/").headers["Content-Security-Policy"]
