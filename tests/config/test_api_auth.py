"""Every operation of the API, called with a key, with a session, and with a bad key beside a good session."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from config.api import api
from tests.accounts.test_api_keys import bearer
from tests.config.test_api import check_error, strict
from tests.conftest import staff_client
from tests.factories import create_key

NOBODY = "00000000-0000-0000-0000-000000000000"
SESSION_ONLY = {("post", "/api/v1/api-keys")}  # a key makes no keys
UNSAFE = {"post", "put", "patch", "delete"}
OTHERS = {  # that everybody may read, or where one shows in another way who one is
    "/api/v1/community",
    "/api/v1/webhooks/replicate/{attempt_id}",
    "/api/v1/queue/status",
    "/api/v1/queue/process",
}
OPERATIONS = [
    (method, path)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
    if path not in OTHERS
]
pytestmark = pytest.mark.django_db


def call(client: Client, method: str, path: str, **headers: str) -> Any:
    """An answer of the operation itself, be it that nothing has this id or that the body is not right."""
    url = re.sub(r"\{\w+\}", NOBODY, path)
    return client.generic(method.upper(), url, "{}", content_type="application/json", headers=headers)


def is_let_in(answer: Any) -> bool:
    return answer.status_code not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_key_lets_in_without_csrf(charlie: User, method: str, path: str):
    program = bearer(create_key(charlie, with_second_factor=True).secret)
    assert is_let_in(call(program, method, path)) == ((method, path) not in SESSION_ONLY)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_read_key_reads_only(charlie: User, method: str, path: str):
    program = bearer(create_key(charlie, scope="read", with_second_factor=True).secret)
    assert is_let_in(call(program, method, path)) == (method not in UNSAFE)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_session_needs_csrf_to_write(charlie: User, method: str, path: str):
    browser = staff_client(charlie, enforce_csrf_checks=True)
    assert is_let_in(call(browser, method, path)) == (method not in UNSAFE)
    browser.cookies["csrftoken"] = token = "t" * 32
    assert is_let_in(call(browser, method, path, **{"X-CSRFToken": token}))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_bad_key_beside_a_good_session_is_turned_away(charlie_client: Client, method: str, path: str):
    for header in ("Bearer nonsense", f"Bearer scribble_{'A' * 43}", "Bearer", "Basic YTpi", ""):
        check_error(call(charlie_client, method, path, Authorization=header), "UNAUTHORIZED")


def test_a_key_beside_a_session_is_the_keys_owner(alice: User, bob: User):
    key = create_key(alice)
    answer = strict(bob).get("/api/v1/auth/me", headers={"Authorization": f"Bearer {key.secret}"})
    assert answer.json()["data"]["id"] == str(alice.pk)


def test_every_operation_was_called():
    assert len(OPERATIONS) == len(set(OPERATIONS)) > 15
    assert set(OPERATIONS) >= SESSION_ONLY
