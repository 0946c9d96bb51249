"""Where a mail and a session lead, how long a session lasts, and what is kept and written down."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.access import safe_path
from accounts.models import SignInLink, User
from tests.accounts.mail import ADDRESS, ask, mailed_code, mailed_link, same_browser, type_code
from tests.accounts.test_redaction import console
from tests.factories import create_user

pytestmark = pytest.mark.django_db


# --- Where the link and the browser lead -----------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "127.0.0.1@evil.example"}])
def test_a_foreign_host_is_refused(client: Client, headers: dict[str, Any]):
    answer = client.post("/sign-in/", {"email": ADDRESS}, **headers)
    assert (answer.status_code, mail.outbox) == (400, [])


def test_the_link_leads_to_the_public_url(client: Client, settings):
    settings.PUBLIC_URL = "https://scribble.example"
    ask(client, HTTP_HOST="localhost:8001", HTTP_X_FORWARDED_HOST="evil.example")
    assert f"https://scribble.example{mailed_link()}" in str(mail.outbox[0].body)


def test_on_one_machine_the_link_keeps_the_port(client: Client):
    ask(client, HTTP_HOST="localhost:8001", HTTP_X_FORWARDED_HOST="evil.example")
    assert f"http://localhost:8001{mailed_link()}" in str(mail.outbox[0].body)


EVIL = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "///evil.example",
    "evil",
    "/pictures/\n",
    "/" + "a" * 300,
]


@pytest.mark.parametrize("path", EVIL)
def test_a_next_page_elsewhere_is_forgotten(client: Client, path: str):
    assert safe_path(path) == ""
    ask(client, next_path=path)
    assert type_code(client)["Location"] == "/pictures/"
    assert client.get("/sign-in/", {"next": path})["Location"] == "/pictures/"


def test_a_next_page_of_ours_is_kept():
    assert safe_path("/jobs/1/?a=b%20c#d") == "/jobs/1/?a=b%20c#d"


# --- Sessions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("redeem", [type_code, lambda client: client.post(mailed_link())])
def test_the_session_key_changes_on_sign_in(client: Client, redeem):
    ask(client)
    before = client.session.session_key
    redeem(client)
    fixed = Client()
    fixed.cookies["session"] = str(before)
    assert client.session.session_key != before
    assert fixed.get("/account/").status_code == 302


def test_an_old_cookie_is_worth_nothing_after_signing_out(alice_client: Client):
    thief = same_browser(alice_client)
    assert thief.get("/account/").status_code == 200
    alice_client.post("/sign-out/")
    assert thief.get("/account/")["Location"] == "/sign-in/?next=%2Faccount%2F"


@pytest.mark.parametrize(
    "end", [User.delete, lambda user: User.objects.filter(pk=user.pk).update(is_active=False)]
)
def test_sessions_die_with_the_account(client: Client, end):
    user = create_user(credits=0)
    client.force_login(user)
    assert client.get("/account/").status_code == 200
    end(user)
    assert client.get("/account/").status_code == 302


def test_a_session_is_renewed_by_use_and_ends_thirty_days_later(client: Client, alice: User):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        client.force_login(alice)
        for _time in range(3):
            clock.shift(20 * 86400)
            assert client.get("/account/").status_code == 200
        clock.shift(30 * 86400 + 1)
        assert client.get("/account/").status_code == 302


def test_who_never_signs_in_is_forgotten_after_a_day(client: Client):
    ask(client)
    assert client.session.get_expiry_age() == 24 * 3600
    type_code(client)
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_a_staff_session_ends_after_twelve_hours_of_use(client: Client, charlie: User):
    with time_machine.travel("2026-11-21T20:00:00Z", tick=False) as clock:
        client.force_login(charlie)
        clock.shift(11 * 3600)
        assert client.get("/account/").status_code == 200
        clock.shift(3601)
        assert client.get("/account/").status_code == 302


# --- What is kept and written down ------------------------------------------------------------------------------------


def test_only_hashes_of_token_code_and_browser_are_stored(client: Client):
    ask(client)
    row = " ".join(str(value) for value in SignInLink.objects.values().get().values())
    key = client.session["asked_for_mail"]["browser_key"]
    assert [
        secret for secret in (mailed_link().split("/")[2], f" {mailed_code()} ", key) if secret in row
    ] == []


def test_logs_hold_no_token_and_no_address(client: Client):
    with console() as lines:
        ask(client)
        Client(enforce_csrf_checks=True).post(mailed_link())
        client.get(mailed_link() + "x/")
        client.post(mailed_link())
    assert lines.getvalue().count("<token>") >= 1
    assert mailed_link().split("/")[2] not in lines.getvalue()
    assert ADDRESS not in lines.getvalue()
