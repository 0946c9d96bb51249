"""What goes wrong, or is tried, on the way in. The names say what is expected."""

import statistics
import threading
import time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from sesame.utils import get_token

from accounts.access import safe_path
from accounts.links import hash_of
from accounts.models import SignInLink, User
from tests.accounts.mail import ADDRESS, ask, is_signed_in, mailed_code, mailed_link, type_code
from tests.accounts.test_redaction import console
from tests.factories import create_user

THREADS = 32
pytestmark = pytest.mark.django_db


# --- Looking is not signing in ---------------------------------------------------------------------------------------


def test_scanners_that_look_twenty_times_use_nothing_up(client: Client):
    ask(client)
    for _time in range(10):
        scanner = Client(HTTP_USER_AGENT="MailScanner/1.0")
        assert scanner.get(mailed_link()).status_code == scanner.head(mailed_link()).status_code == 200
        assert client.head(mailed_link()).status_code == 200
    client.post(mailed_link())
    assert is_signed_in(client)


def test_pages_of_the_token_are_not_kept_and_name_no_referrer(client: Client):
    ask(client)
    for path in (mailed_link(), "/sign-in/not-a-token/"):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"


def test_the_button_needs_the_forms_token():
    strict = Client(enforce_csrf_checks=True)
    User.objects.create_user(ADDRESS)
    page = strict.get("/sign-in/")
    csrf = {"csrfmiddlewaretoken": page.context["csrf_token"]}
    strict.post("/sign-in/", {"email": ADDRESS, **csrf})
    assert strict.post(mailed_link()).status_code == 403
    assert strict.post(mailed_link(), csrf).status_code == 302


# --- Once, and in time -----------------------------------------------------------------------------------------------


def test_the_second_post_finds_the_link_used_up(client: Client):
    ask(client)
    client.post(mailed_link())
    client.post("/sign-out/")
    assert client.post(mailed_link()).status_code == 410
    assert not is_signed_in(client)


def test_a_code_is_worth_nothing_after_the_link_and_the_link_nothing_after_the_code(client: Client):
    ask(client)
    type_code(client)
    client.post("/sign-out/")
    assert client.get(mailed_link()).status_code == 410
    assert client.get("/sign-in/wait/")["Location"] == "/sign-in/"


@pytest.mark.django_db(transaction=True)
def test_thirty_two_posts_at_once_make_one_session(client: Client):
    ask(client)
    answers = at_once(lambda: same_browser(client).post(mailed_link()).status_code)
    assert sorted(answers) == [302] + [410] * (THREADS - 1)
    assert SignInLink.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_right_code_typed_at_once_makes_one_session(client: Client):
    ask(client)
    answers = at_once(lambda: type_code(same_browser(client)).status_code)
    assert sorted(answers) == [302] + [410] * (THREADS - 1)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_have_five_tries_together(client: Client):
    ask(client)
    wrong = "000000" if mailed_code() != "000000" else "000001"
    answers = at_once(lambda: type_code(same_browser(client), wrong).content.decode())
    assert sum("not the code" in answer for answer in answers) <= 5  # told whether it was the code
    assert SignInLink.objects.get().code_tries == 5


@pytest.mark.django_db(transaction=True)
def test_mails_asked_for_at_once_are_five(settings):
    settings.SIGN_IN_MAILS_PER_NETWORK_HOUR = 1000
    answers = at_once(lambda: ask(Client()).status_code)
    assert sorted(answers) == [302] * 5 + [429] * (THREADS - 5)
    assert len(mail.outbox) == SignInLink.objects.count() == 5


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


def test_a_link_lives_ten_minutes_and_not_a_second_longer(client: Client):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        ask(client)
        clock.shift(599)
        assert client.get(mailed_link()).status_code == 200
        clock.shift(1)
        assert client.get(mailed_link()).status_code == client.post(mailed_link()).status_code == 410
        assert type_code(client).status_code == 410
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-1], lambda t: t + "A", lambda t: flipped(t), lambda _t: "wait2"]
)
def test_a_damaged_link_is_gone(client: Client, damage):
    ask(client)
    token = mailed_link().split("/")[2]
    assert client.post(f"/sign-in/{damage(token)}/").status_code == 410
    assert not is_signed_in(client)


def flipped(token: str) -> str:
    return token[:30] + ("A" if token[30] != "A" else "B") + token[31:]


@pytest.mark.parametrize("scope", ["", "export", "delete-account"])
def test_a_token_of_another_purpose_signs_nobody_in(client: Client, alice: User, scope: str):
    token = get_token(alice, scope=scope)
    ask(client)
    SignInLink.objects.update(token_hash=hash_of(token))  # even if we had its hash
    assert client.post(f"/sign-in/{token}/").status_code == 410


def test_the_fifth_wrong_code_ends_the_mail(client: Client):
    ask(client)
    wrong = "000000" if mailed_code() != "000000" else "000001"
    answers = [type_code(client, wrong) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [400] * 4 + [410]
    assert "4 more times" in answers[0].content.decode()
    assert type_code(client).status_code == client.get(mailed_link()).status_code == 410


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "", "１２３４５６", "12345\x00"])
def test_what_is_no_code_costs_no_try(client: Client, typed: str):
    ask(client)
    assert type_code(client, typed).status_code == 400
    assert SignInLink.objects.get().code_tries == 0


# --- Only in the browser that asked ----------------------------------------------------------------------------------


def test_another_browser_sees_no_button_and_cannot_post(client: Client):
    ask(client)
    other = Client()
    page = other.get(mailed_link()).content.decode()
    assert "Type the code where you began" in page
    assert '<form method="post">' not in page
    assert other.post(mailed_link()).status_code == 403
    assert not is_signed_in(other)
    assert client.post(mailed_link()).status_code == 302  # and nothing was used up


def test_bobs_link_does_not_sign_alices_browser_in(client: Client):
    bobs = Client()
    ask(bobs, "bob@example.org")
    bobs_link, bobs_code = mailed_link(), mailed_code()
    ask(client)
    assert client.post(bobs_link).status_code == 403
    assert bobs_code == mailed_code() or type_code(client, bobs_code).status_code == 400
    assert not is_signed_in(client)


# --- Nobody learns who is known --------------------------------------------------------------------------------------


def test_known_and_unknown_get_the_same_answer(alice: User):
    answers = [ask(Client(), email) for email in (alice.email, "nobody@example.org")]
    assert len({(answer.status_code, answer["Location"], answer.content) for answer in answers}) == 1
    assert answers[0].headers.keys() == answers[1].headers.keys()


@pytest.mark.full
def test_known_and_unknown_take_the_same_time(settings):
    settings.SIGN_IN_MAILS_PER_NETWORK_HOUR = settings.SIGN_IN_MAILS_PER_ADDRESS_HOUR = 100_000
    seconds: dict[str, list[float]] = {"known": [], "new": []}
    for number in range(200):
        create_user(f"known{number}@example.org", credits=0)
        for kind, times in seconds.items():
            start = time.perf_counter()
            ask(Client(), f"{kind}{number}@example.org")
            times.append(time.perf_counter() - start)
    assert abs(statistics.median(seconds["known"]) - statistics.median(seconds["new"])) < 0.010


@pytest.mark.parametrize("email", [" ALICE@Example.ORG ", "alice@EXAMPLE.org", "alice@ｅxample.org"])
def test_spellings_of_one_mailbox_are_one_person(client: Client, alice: User, email: str):
    ask(client, email)
    type_code(client)
    assert User.objects.get() == alice


@pytest.mark.parametrize(
    "email",
    [
        "alice@example.org\nBcc: eve@example.org",
        "alice@example.org\r\nSubject: hi",
        "alice",
        "@",
        "",
        "a@b",
        "alice@example.org, eve@example.org",
        "alice@exam\x00ple.org",
        f"{'a' * 300}@example.org",
        "älice@example.org",
    ],
)
def test_what_is_no_address_is_refused(client: Client, email: str):
    assert ask(client, email).status_code == 400
    assert (User.objects.count(), mail.outbox) == (0, [])


def test_a_lookalike_domain_is_somebody_else(client: Client, alice: User):
    ask(client, "alice@еxample.org")  # the first letter is Cyrillic
    assert mail.outbox[-1].to == ["alice@xn--xample-2of.org"]
    assert User.objects.count() == 2


# --- Not too many mails ----------------------------------------------------------------------------------------------


def test_a_mailbox_gets_five_mails_an_hour():
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        answers = [ask(Client()) for _time in range(30)]
        clock.shift(3601)
        later = ask(Client())
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 25
    assert (answers[-1]["Retry-After"], later.status_code, len(mail.outbox)) == ("3600", 302, 6)


def test_unknown_mailboxes_are_limited_like_known_ones(alice: User):
    for _time in range(5):
        ask(Client(), alice.email)
        ask(Client(), "nobody@example.org")
    refused = [ask(Client(), email) for email in (alice.email, "nobody@example.org")]
    assert [answer.status_code for answer in refused] == [429, 429]


def test_a_network_gets_twenty_mails_an_hour_whatever_it_says_of_itself():
    asked = [
        ask(Client(), f"p{number}@example.org", HTTP_X_FORWARDED_FOR=f"9.9.9.{number}").status_code
        for number in range(22)
    ]
    assert asked == [302] * 20 + [429] * 2
    assert ask(Client(), "q@example.org", REMOTE_ADDR="198.51.100.7").status_code == 302


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
