"""Where somebody is signed in, and signing out there."""

from datetime import date

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import BrowserSession, User
from accounts.user_agent import words_of
from tests.accounts.mail import ask, is_signed_in, mailed_link, same_browser, type_code
from tests.conftest import signed_in

PAGE, EVERYWHERE = "/account/browsers/", "/account/browsers/sign-out-everywhere/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
pytestmark = pytest.mark.django_db


def sign_in(user_agent: str) -> Client:
    """Alice's browser of this kind, signed in by mail."""
    client = Client(headers={"User-Agent": user_agent})
    ask(client)
    type_code(client)
    return client


def row_of(client: Client) -> BrowserSession:
    return BrowserSession.objects.get(session=client.session.session_key)


def sign_out(client: Client, other: Client):
    return client.post(f"{PAGE}{row_of(other).pk}/sign-out/")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, ("Safari", "iPhone")),
        (DESK, ("Firefox", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/27.0 Chrome/125.0", ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Chrome/130.0 Safari/537.36", ("Chrome", "Mac")),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) CriOS/130.0 Safari/604.1", ("Chrome", "iPad")),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
        ("<script>alert(1)</script>", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_in_a_few_words(user_agent: str, words: tuple[str, str]):
    assert words_of(user_agent) == words


def test_the_list_tells_kind_and_day_and_which_one_this_is(alice: User):
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False) as clock:
        desk = sign_in(DESK)
        clock.move_to("2026-11-21T10:00:00Z")
        sign_in(PHONE)
        page = desk.get(PAGE).content.decode()
    assert page.index("Firefox on Windows") < page.index("This browser") < page.index("Safari on iPhone")
    assert "signed in 20 November 2026" in page.replace("Nov. 20, 2026", "20 November 2026")


def test_only_words_and_days_are_kept(alice: User):
    row = row_of(sign_in(PHONE))
    kept = {field.name: getattr(row, field.name) for field in BrowserSession._meta.fields}
    assert set(kept) == {"id", "session", "user", "browser", "system", "signed_in_on", "seen_on"}
    assert type(kept["seen_on"]) is date
    assert "127.0.0.1" not in str(kept) + str(Session.objects.get(pk=row.session_id).get_decoded())


def test_seen_is_the_last_day_of_use_and_costs_one_write_a_day(alice: User, django_assert_num_queries):
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False) as clock:
        client = signed_in(alice)
        clock.move_to("2026-11-22T09:00:00Z")
        client.get("/account/")
        assert row_of(client).seen_on == date(2026, 11, 22)
        with django_assert_num_queries(3):  # session, user, balance
            client.get("/account/")


def test_one_is_signed_out_and_the_others_stay(alice: User):
    desk, phone, tablet = sign_in(DESK), sign_in(PHONE), sign_in("")
    assert sign_out(desk, phone)["Location"] == PAGE
    assert [client.get(PAGE).status_code for client in (desk, phone, tablet)] == [200, 302, 200]
    assert BrowserSession.objects.count() == 2


def test_signing_this_one_out_leads_to_the_first_page(alice: User):
    desk, thief = sign_in(DESK), Client()
    thief.cookies.update(desk.cookies)
    assert sign_out(desk, desk)["Location"] == "/"
    assert not BrowserSession.objects.exists()
    assert [client.get(PAGE).status_code for client in (desk, thief)] == [302, 302]


def test_everywhere_else_is_signed_out_also_where_no_list_knows(alice: User):
    desk, phone, unlisted = sign_in(DESK), sign_in(PHONE), sign_in("")
    row_of(unlisted).delete()
    old_cookie = same_browser(desk)
    assert desk.post(EVERYWHERE)["Location"] == PAGE
    assert [client.get(PAGE).status_code for client in (desk, phone, unlisted)] == [200, 302, 302]
    assert old_cookie.get(PAGE).status_code == 302  # this session goes on under a new key
    assert BrowserSession.objects.get() == row_of(desk)


def test_a_mail_under_way_is_worth_nothing_after_signing_out_everywhere(alice: User, alice_client: Client):
    other = Client()
    ask(other)
    alice_client.post(EVERYWHERE)
    assert other.post(mailed_link()).status_code == 410
    assert type_code(other).status_code == 410
    assert not is_signed_in(other)


def test_other_people_stay_signed_in(alice_client: Client, bob_client: Client):
    alice_client.post(EVERYWHERE)
    assert bob_client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "end", [lambda client: client.post("/sign-out/"), lambda client: client.session.flush()]
)
def test_a_browser_goes_with_its_session(alice_client: Client, end):
    assert BrowserSession.objects.count() == 1
    end(alice_client)
    assert not BrowserSession.objects.exists()


def test_a_session_that_changes_hands_is_listed_for_its_new_owner_only(alice: User, bob_client: Client):
    bob_client.force_login(alice)
    assert BrowserSession.objects.get().user == alice
    assert row_of(bob_client).user == alice


def test_the_page_asks_the_database_little(alice: User, alice_client: Client, django_assert_max_num_queries):
    for _number in range(5):
        signed_in(alice)
    with django_assert_max_num_queries(4):
        alice_client.get(PAGE)
