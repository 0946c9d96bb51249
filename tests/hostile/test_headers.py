"""Every answer of the site, of whatever kind, tells the browser to be strict."""

import re
from http.cookies import Morsel
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from accounts.models import User
from config import urls as site
from tests.conftest import signed_in, staff_client
from tests.conventions.test_routes import ACCESS, STAFF, STAFF_TO_BE, alice, filled, ids, owner
from tests.hostile.production import production_settings

__all__ = ["alice", "ids", "owner"]  # the fixtures of Alice and of what she owns

YEAR = 31_536_000
NEVER = (
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/.env.example",
    "/manage.py",
    "/config/settings.py",
    "/var/secret_key",
)
TRAVERSALS = (
    "/static/../config/settings.py",
    "/static/%2e%2e/config/settings.py",
    "/static/",
    "/media/",
    "/admin",
)

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("fake_provider")]


@pytest.fixture
def production(settings: Settings) -> None:
    for name, value in production_settings().items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def ask(client: Client, method: str, url: str, *, secure: bool = True, **named: Any) -> Any:
    response = client.generic(method, url, "{}", content_type="application/json", secure=secure, **named)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def directives(policy: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: value for name, _, value in parts}


def check_strict(response: Any) -> None:
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert all(
        f"{name}=()" in headers["Permissions-Policy"] for name in ("camera", "geolocation", "microphone")
    )
    assert headers["Strict-Transport-Security"].startswith(f"max-age={YEAR}; includeSubDomains")
    assert "Access-Control-Allow-Origin" not in headers
    check_policy(headers["Content-Security-Policy"])
    for cookie in response.cookies.values():
        check_cookie(cookie)


def check_policy(policy: str) -> None:
    rules = directives(policy)
    for name in ("default-src", "base-uri", "object-src", "frame-ancestors"):
        assert rules[name] == "'none'", policy
    assert "unsafe" not in rules.get("script-src", ""), policy
    assert not re.search(r"https?:|\*", policy), "somebody else's address"


def check_cookie(cookie: "Morsel[str]") -> None:
    assert cookie.key.startswith("__Host-")
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert cookie["httponly"] or cookie["max-age"] == 0  # one that is taken away holds nothing
    assert cookie["samesite"] == "Lax"


@pytest.fixture
def urls(ids: dict[str, object]) -> dict[str, str]:
    """Each route with an address of it that leads to something of Alice's."""
    return {route: filled(route, ids | {"paper": "a4"}) for route in ACCESS}


@pytest.mark.usefixtures("production")
def test_every_address_answers_strictly(alice: User, charlie: User, urls: dict[str, str]) -> None:
    for route, url in urls.items():
        whose = staff_client(charlie) if ACCESS[route] in (STAFF, STAFF_TO_BE) else signed_in(alice)
        for client, method in ((Client(), "GET"), (whose, "GET"), (whose, "POST")):
            check_strict(ask(client, method, url))


@pytest.mark.usefixtures("production")
def test_methods_that_nobody_needs_do_nothing(urls: dict[str, str]) -> None:
    for url, method in product(urls.values(), ("TRACE", "CONNECT", "BREW")):
        response = ask(Client(), method, url, headers={"X-Secret": "told-back"})
        assert response.status_code in (302, 401, 403, 404, 405), (method, url)
        assert b"told-back" not in response.content
        check_strict(response)


@pytest.mark.usefixtures("production")
def test_what_is_not_there_is_not_there(client: Client) -> None:
    for url in (*NEVER, *TRAVERSALS, "/nowhere/", "/photos/x/", "/api/v1/nowhere", "/%00", "/a" * 999):
        response = ask(client, "GET", url)
        assert response.status_code in (301, 302, 404), url
        assert b"Traceback" not in response.content
        check_strict(response)


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("host", ["evil.example", "scribble.example.evil.example", "127.0.0.1:80@evil", ""])
def test_other_names_of_the_host_are_refused_strictly(client: Client, host: str) -> None:
    response = ask(client, "GET", "/", headers={"Host": host})
    assert response.status_code == 400
    assert host.encode() not in response.content or not host
    check_strict(response)


@pytest.mark.usefixtures("production")
def test_static_files_are_strict_and_their_folder_is_not_shown(settings: Settings) -> None:
    (settings.STATIC_ROOT / "hostile.css").write_text("body {}")
    response = ask(Client(), "GET", "/static/hostile.css")
    assert (response.status_code, response["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    check_strict(response)


@pytest.mark.usefixtures("production")
def test_pages_are_sent_on_to_https_and_programs_are_refused(client: Client) -> None:
    page = ask(client, "GET", "/", secure=False)
    assert (page.status_code, page["Location"]) == (301, "https://testserver/")
    told = ask(client, "GET", "/api/v1/auth/me", secure=False)
    assert (told.status_code, told.json()["error"]["code"]) == (403, "FORBIDDEN")


@pytest.mark.usefixtures("production")
def test_each_page_has_a_nonce_of_its_own(alice: User) -> None:
    client = signed_in(alice)
    pages = [ask(client, "GET", "/") for _ in range(2)]
    nonces = [set(re.findall(r"'nonce-([^']+)'", page["Content-Security-Policy"])) for page in pages]
    assert not nonces[0] & nonces[1]
    for page, own in zip(pages, nonces, strict=True):
        used = set(re.findall(r'nonce="([^"]+)"', page.content.decode()))
        assert used <= own


# --- Our own faults ---------------------------------------------------------------------------------------------------


def broken(_request: object) -> HttpResponse:
    raise RuntimeError("the secret is 42")


urlpatterns = [path("broken/", broken), *site.urlpatterns]
handler500 = "config.faults.server_error"


@pytest.mark.usefixtures("production")
@pytest.mark.urls(__name__)
def test_a_fault_of_ours_tells_a_number_and_nothing_else() -> None:
    client = Client(raise_request_exception=False)
    response = ask(client, "GET", "/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in page
    assert not [word for word in ("secret", "Traceback", "RuntimeError", "config/", ".py") if word in page]
    check_strict(response)


def test_the_settings_of_production_pass_the_deployment_check() -> None:
    told = production_settings()
    assert (told["DEBUG"], told["OUTGOING_LOOPBACK"]) == (False, False)
    assert told["SESSION_COOKIE_NAME"] == "__Host-session"
    assert told["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert (told["SECURE_HSTS_SECONDS"], told["SECURE_HSTS_INCLUDE_SUBDOMAINS"]) == (YEAR, True)
    assert "*" not in told["ALLOWED_HOSTS"]
