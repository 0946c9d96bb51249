"""What goes wrong, or is tried, on the way in. The names say what is expected."""

import re
import statistics
import time

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from sesame.utils import get_token

from accounts.links import hash_of
from accounts.models import SignInLink, User
from tests.accounts.mail import (
    ADDRESS,
    THREADS,
    ask,
    at_once,
    is_signed_in,
    mailed_code,
    mailed_link,
    same_browser,
    type_code,
)
from tests.factories import create_user

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


def statements(email: str) -> list[str]:
    """The SQL of one wish for a mail, without its values."""
    with CaptureQueriesContext(connection) as asked:
        ask(Client(), email)
    return [re.sub(r"'[^']*'|[ -]*[0-9]+", "?", query["sql"]) for query in asked]


def test_known_and_unknown_ask_the_database_the_same(alice: User):
    """But for the row that an unknown one becomes."""
    known, unknown = statements(alice.email), statements("nobody@example.org")
    assert [sql for sql in unknown if not sql.startswith('INSERT INTO "accounts_user"')] == known
    assert len(unknown) == len(known) + 1


@pytest.mark.full
def test_known_and_unknown_take_the_same_time(settings, capfd: pytest.CaptureFixture[str]):
    settings.SIGN_IN_MAILS_PER_NETWORK_HOUR = settings.SIGN_IN_MAILS_PER_ADDRESS_HOUR = 100_000
    seconds: dict[str, list[float]] = {"known": [], "new": []}
    for number in range(200):
        create_user(f"known{number}@example.org", credits=0)
        for kind, times in seconds.items():
            start = time.perf_counter()
            ask(Client(), f"{kind}{number}@example.org")
            times.append(time.perf_counter() - start)
    known, new = (1000 * statistics.median(times) for times in seconds.values())
    with capfd.disabled():
        print(f"\nmedian of 200: known {known:.1f} ms, unknown {new:.1f} ms")
    assert abs(known - new) < 10


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


def test_a_plus_tag_is_a_mailbox_of_its_own(client: Client, alice: User):
    ask(client, "alice+holidays@example.org")
    assert (
        User.objects.exclude(pk=alice.pk).get().email == mail.outbox[-1].to[0] == "alice+holidays@example.org"
    )


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
