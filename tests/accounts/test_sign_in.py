"""The way in: mail, link or code, session."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import SignInLink, User
from credits.models import CreditAccount
from generations.visitors import ensure_anonymous_key
from tests.accounts.mail import (
    ADDRESS,
    SIGN_IN,
    STATUS,
    WAIT,
    ask,
    is_signed_in,
    mailed_code,
    mailed_link,
    type_code,
)
from tests.factories import create_photo, create_user

LIBRARY = "/pictures/"
pytestmark = pytest.mark.django_db


def test_the_link_signs_in(client: Client):
    ask(client)
    page = client.get(mailed_link())
    assert "<strong>alice@example.org</strong>" in page.content.decode()
    answer = client.post(mailed_link())
    assert (answer.status_code, is_signed_in(client)) == (302, True)


def test_the_code_signs_in(client: Client):
    ask(client)
    assert client.get(WAIT).status_code == 200
    assert type_code(client, f" {mailed_code()[:3]} {mailed_code()[3:]}").status_code == 302
    assert is_signed_in(client)


def test_the_mail_holds_link_and_code_in_text_and_html(client: Client):
    ask(client)
    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert message.to == [ADDRESS]
    assert mailed_code() in html
    assert f"http://testserver{mailed_link()}" not in html  # a Host that is not loopback is not believed
    assert f"http://127.0.0.1:8000{mailed_link()}" in html


def test_asking_makes_an_unverified_user_without_credits(client: Client):
    ask(client)
    assert User.objects.get().verified_at is None
    assert not CreditAccount.objects.exists()


def test_the_first_sign_in_verifies_welcomes_and_grants(client: Client):
    ask(client)
    page = client.post(mailed_link(), follow=True)
    user = User.objects.get()
    assert user.verified_at is not None
    assert CreditAccount.objects.balance_of(user) == 10
    assert "10 free credits are waiting for you" in page.content.decode()


def test_the_second_sign_in_grants_nothing(client: Client):
    for _time in range(2):
        ask(client)
        client.post(mailed_link())
        client.post("/sign-out/")
    assert CreditAccount.objects.balance_of(User.objects.get()) == 10


def test_another_spelling_of_the_mailbox_is_welcomed_only_once(client: Client):
    for address in ("alice@example.org", "alice+two@example.org"):
        ask(client, address)
        client.post(mailed_link())
        client.post("/sign-out/")
    assert CreditAccount.objects.balance_of(User.objects.get(email="alice+two@example.org")) == 0


def test_the_photo_chosen_before_is_there_afterwards(client: Client, rf):
    request = rf.get("/")
    request.session = client.session
    photo = create_photo(None, anonymous_key=ensure_anonymous_key(request))
    request.session.save()
    ask(client)
    type_code(client)
    photo.refresh_from_db()
    assert (photo.user, photo.anonymous_key) == (User.objects.get(), "")


@pytest.mark.parametrize("redeem", [type_code, lambda client: client.post(mailed_link())])
def test_the_page_asked_for_is_restored(client: Client, redeem):
    ask(client, next_path="/credits/")
    assert redeem(client)["Location"] == "/credits/"


def test_without_a_page_asked_for_it_is_the_library(client: Client):
    ask(client)
    assert type_code(client)["Location"] == LIBRARY


def test_the_waiting_tab_moves_on_when_the_link_was_used(client: Client):
    ask(client)
    assert client.get(STATUS).status_code == 204
    client.post(mailed_link())
    assert client.get(STATUS, {"next": "/credits/"})["HX-Redirect"] == "/credits/"


def test_the_waiting_tab_stops_asking_when_the_mail_is_over(client: Client):
    ask(client)
    SignInLink.objects.update(expires_at=timezone.now())
    answer = client.get(STATUS)
    assert answer.status_code == 286
    assert "no longer signs you in" in answer.content.decode()


def test_waiting_without_having_asked_leads_to_the_start(client: Client):
    assert client.get(WAIT)["Location"] == SIGN_IN
    assert client.get(STATUS).status_code == 286


def test_whoever_is_signed_in_needs_no_mail(alice_client: Client):
    assert alice_client.get(SIGN_IN, {"next": "/credits/"})["Location"] == "/credits/"
    assert alice_client.get(WAIT)["Location"] == LIBRARY
    assert mail.outbox == []


def test_sending_again_says_so_and_kills_the_first_mail(client: Client):
    ask(client)
    first_link, first_code = mailed_link(), mailed_code()
    ask(client)
    assert "another mail" in client.get(WAIT).content.decode()
    assert client.get(first_link).status_code == 410
    assert first_code == mailed_code() or type_code(client, first_code).status_code == 400
    assert type_code(client).status_code == 302


def test_a_blocked_person_gets_the_same_answer_and_no_mail(client: Client):
    create_user("blocked@example.org", is_active=False)
    blocked = ask(client, "blocked@example.org")
    assert (blocked.status_code, blocked["Location"], mail.outbox) == (302, WAIT, [])
    assert client.get(WAIT).status_code == 200


def test_somebody_blocked_while_waiting_stays_out(client: Client):
    ask(client)
    link, code = mailed_link(), mailed_code()
    User.objects.update(is_active=False)
    assert client.post(link).status_code == 410
    assert type_code(client, code).status_code == 410
    assert not is_signed_in(client)


def test_signing_out_needs_a_post(alice_client: Client):
    assert alice_client.get("/sign-out/").status_code == 405
    assert alice_client.post("/sign-out/")["Location"] == "/"
    assert not is_signed_in(alice_client)


def test_a_mail_server_that_fails_is_owned_up_to_and_counts_for_nothing(client: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = ask(client)
    assert answer.status_code == 503
    assert "cannot send mails just now" in answer.content.decode()
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize(("path", "most"), [(SIGN_IN, 0), (WAIT, 3), (STATUS, 2)])
def test_pages_ask_the_database_little(client: Client, django_assert_max_num_queries, path: str, most: int):
    if path != SIGN_IN:
        ask(client)
    with django_assert_max_num_queries(most):
        client.get(path)
