"""Personal API keys: made, shown once, used, revoked - by the page and by the API."""

import hashlib
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.actions.api_keys import key_of, make_key
from accounts.models import ApiKey, AuditEntry, User
from config.errors import AppError
from tests.accounts.mail import at_once
from tests.accounts.test_redaction import console
from tests.config.test_api import check_error
from tests.conftest import signed_in, staff_client
from tests.factories import create_key

PAGE, URL, ME = "/account/keys/", "/api/v1/api-keys", "/api/v1/auth/me"
pytestmark = pytest.mark.django_db


def bearer(secret: str) -> Client:
    """A program with this key; no cookie, and CSRF checked as in earnest."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})


def shown_secret(page: str) -> str:
    found = re.search(r'value="(scribble_[\w-]{43})"', page)
    assert found
    return found.group(1)


# --- Made and shown once ---------------------------------------------------------------------------------------------


def test_the_page_makes_a_key_and_shows_it_once(alice_client: Client, alice: User):
    answer = alice_client.post(PAGE, {"name": "print robot", "scope": "read", "lives": "30"})
    secret = shown_secret(answer.content.decode())
    key = ApiKey.objects.get()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    assert (key.user, key.name, key.scope, key.hint) == (alice, "print robot", "read", secret[-4:])
    assert key.expires_at - key.created_at == timedelta(days=30)
    again = alice_client.get(PAGE).content.decode()
    assert (secret in again, "print robot" in again, "Not used yet" in again) == (False, True, True)


def test_only_the_hash_is_stored(alice: User):
    new = create_key(alice)
    row = ApiKey.objects.values().get()
    assert row["key_hash"] == hashlib.sha256(new.secret.encode()).hexdigest()
    assert not any(new.secret[9:] in str(value) for value in row.values())


def test_keys_are_long_recognisable_and_never_the_same(alice: User):
    secrets = {create_key(alice, name=f"key {number}").secret for number in range(10)}
    assert len(secrets) == 10
    assert all(re.fullmatch(r"scribble_[A-Za-z0-9_-]{43}", secret) for secret in secrets)


@pytest.mark.parametrize(
    "wish",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\x00b"},
        {"scope": "admin"},
        {"scope": ""},
        {"lives": "31"},
    ],
)
def test_a_bad_wish_makes_no_key(alice_client: Client, wish: dict[str, str]):
    data = {"name": "robot", "scope": "read", "lives": "", **wish}
    assert alice_client.post(PAGE, data).status_code == 400
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    "wish",
    [
        {"name": " "},
        {"name": "a\x00b"},
        {"scope": "admin"},
        {"expires_in_days": 0},
        {"user": "bob"},
        {"with_second_factor": True},
    ],
)
def test_a_bad_body_makes_no_key(alice_client: Client, wish: dict[str, object]):
    answer = alice_client.post(URL, {"name": "robot", **wish}, content_type="application/json")
    check_error(answer, "VALIDATION_ERROR")
    assert not ApiKey.objects.exists()


def test_a_name_is_taken_once(alice_client: Client, alice: User, bob: User):
    create_key(alice, name="robot")
    page = alice_client.post(PAGE, {"name": "robot", "scope": "read"})
    assert (page.status_code, "of this name already" in page.content.decode()) == (409, True)
    check_error(alice_client.post(URL, {"name": "robot"}, content_type="application/json"), "CONFLICT")
    assert create_key(bob, name="robot").row.user == bob


def test_there_are_ten_at_most(alice: User, bob: User):
    for number in range(10):
        create_key(alice, name=str(number))
    with pytest.raises(AppError, match="as many keys as you can have"):
        create_key(alice, name="one more")
    assert create_key(bob).row.pk


@pytest.mark.django_db(transaction=True)
def test_ten_at_most_also_when_asked_for_at_once(alice: User):
    def make() -> str:
        try:
            return make_key(user=alice, name=str(timezone.now()), scope="read", lives=None).secret
        except AppError as error:
            return error.code

    answers = at_once(make)
    assert answers.count("CONFLICT") == len(answers) - 10
    assert ApiKey.objects.count() == 10


# --- Used ------------------------------------------------------------------------------------------------------------


def test_a_program_comes_in_with_its_key(alice: User):
    answer = bearer(create_key(alice).secret).get(ME)
    assert answer.json()["data"]["email"] == alice.email


def test_a_key_asks_the_database_once_and_leaves_the_session_alone(
    alice: User, bob_client: Client, django_assert_num_queries
):
    key = create_key(alice)
    bob_client.get(ME, headers={"Authorization": f"Bearer {key.secret}"})  # notes its first use
    with django_assert_num_queries(1):
        answer = bob_client.get(ME, headers={"Authorization": f"Bearer {key.secret}"})
    assert answer.json()["data"]["email"] == alice.email  # whosever cookie comes along


def test_the_last_use_is_noted_once_a_minute(alice: User):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        new = create_key(alice)
        seen = []
        for seconds in (0, 59, 1, 3600):
            clock.shift(seconds)
            bearer(new.secret).get(ME)
            seen.append(ApiKey.objects.get().last_used_at.strftime("%H:%M:%S"))
    assert seen == ["10:00:00", "10:00:00", "10:01:00", "11:01:00"]


def test_a_read_key_writes_nothing(alice: User):
    program = bearer(create_key(alice, scope="read").secret)
    assert program.get(ME).status_code == 200
    for method in ("post", "delete", "put", "patch"):
        answer = getattr(program, method)(f"{URL}/{ApiKey.objects.get().pk}")
        assert answer.status_code in (403, 405)
    check_error(program.post("/api/v1/generations", "{}", content_type="application/json"), "FORBIDDEN")
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize(
    "damage", [lambda s: s[:-1], lambda s: s + "A", lambda s: s[9:], str.upper, lambda s: "x"]
)
def test_a_wrong_key_is_turned_away(alice: User, damage):
    check_error(bearer(damage(create_key(alice).secret)).get(ME), "UNAUTHORIZED")


def test_an_expired_key_is_turned_away(alice: User):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        new = make_key(user=alice, name="robot", scope="read", lives=timedelta(days=30))
        clock.shift(timedelta(days=30) - timedelta(seconds=1))
        assert bearer(new.secret).get(ME).status_code == 200
        clock.shift(1)
        check_error(bearer(new.secret).get(ME), "UNAUTHORIZED")
        assert "no longer works" in signed_in(alice).get(PAGE).content.decode()


def test_a_blocked_person_has_no_key(alice: User):
    new = create_key(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    check_error(bearer(new.secret).get(ME), "UNAUTHORIZED")


def test_keys_die_with_the_account(alice: User):
    new = create_key(alice)
    alice.delete()
    check_error(bearer(new.secret).get(ME), "UNAUTHORIZED")
    assert not ApiKey.objects.exists()


# --- Revoked ---------------------------------------------------------------------------------------------------------


def test_the_page_removes_a_key(alice_client: Client, alice: User):
    new = create_key(alice)
    assert alice_client.post(f"{PAGE}{new.row.pk}/remove/")["Location"] == PAGE
    check_error(bearer(new.secret).get(ME), "UNAUTHORIZED")


def test_making_and_revoking_are_on_record(alice_client: Client, alice: User):
    new = create_key(alice, scope="read")
    alice_client.post(f"{PAGE}{new.row.pk}/remove/")
    entries = AuditEntry.objects.order_by("at")
    assert [entry.action for entry in entries] == ["make_key", "revoke_key"]
    for entry in entries:
        assert (entry.actor, entry.subject) == (alice, alice)
        assert entry.details == {"scope": "read", "hint": new.secret[-4:]}


# --- The API of keys -------------------------------------------------------------------------------------------------


def test_the_api_makes_lists_and_revokes(alice_client: Client):
    answer = alice_client.post(
        URL, {"name": "robot", "scope": "write", "expires_in_days": 7}, content_type="application/json"
    )
    made = answer.json()["data"]
    program = bearer(made["key"])
    (listed,) = program.get(URL).json()["data"]["items"]
    assert (answer.status_code, listed["name"], listed["hint"]) == (201, "robot", made["key"][-4:])
    assert set(listed) == {"id", "name", "scope", "hint", "created_at", "last_used_at", "expires_at"}
    assert program.delete(f"{URL}/{made['id']}").json()["data"] == {"id": made["id"]}
    check_error(program.get(URL), "UNAUTHORIZED")


def test_a_key_makes_no_keys(alice: User):
    program = bearer(create_key(alice).secret)
    check_error(program.post(URL, {"name": "another"}, content_type="application/json"), "UNAUTHORIZED")
    assert ApiKey.objects.count() == 1


def test_a_key_of_staff_opens_the_monitor_when_made_after_the_second_factor(charlie: User):
    for client, status in ((signed_in(charlie), 403), (staff_client(charlie), 200)):
        answer = client.post(URL, {"name": str(status)}, content_type="application/json")
        assert bearer(answer.json()["data"]["key"]).get("/api/v1/admin/monitor").status_code == status
    page = staff_client(charlie).post(PAGE, {"name": "page", "scope": "read"}).content.decode()
    assert bearer(shown_secret(page)).get("/api/v1/admin/monitor").status_code == 200


def test_a_key_of_staff_is_worth_nothing_there_once_they_are_none(charlie: User):
    new = make_key(user=charlie, name="robot", scope="read", lives=None, with_second_factor=True)
    User.objects.filter(pk=charlie.pk).update(is_staff=False)
    check_error(bearer(new.secret).get("/api/v1/admin/monitor"), "FORBIDDEN")


# --- Nowhere else ----------------------------------------------------------------------------------------------------


def test_no_key_is_in_any_log(alice_client: Client, alice: User):
    with console() as lines:
        made = alice_client.post(PAGE, {"name": "robot", "scope": "read"})
        secret = shown_secret(made.content.decode())
        bearer(secret).get(ME)
        bearer(secret).post("/api/v1/generations")
        bearer(secret[:-1]).get(ME)
        alice_client.get(f"/nowhere/?key={secret}")  # and where it does not belong
        logging.getLogger("somebody").error("Authorization: Bearer %s", secret)
    assert "scribble_<key>" in lines.getvalue()
    assert secret[9:30] not in lines.getvalue()


def test_the_page_asks_the_database_little(alice: User, alice_client: Client, django_assert_max_num_queries):
    for number in range(10):
        create_key(alice, name=str(number))
    with django_assert_max_num_queries(4):
        alice_client.get(PAGE)


def test_what_is_no_key_is_not_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert key_of(secret="nonsense", at=timezone.now()) is None
