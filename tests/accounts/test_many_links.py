"""Link after link: none is used up by looking, each signs in once however many press at the same moment."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import SignInLink
from tests.accounts.mail import THREADS, ask, at_once, mailed_link, same_browser

FEW, MANY = 30, 1000
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(settings: Settings) -> None:
    settings.SIGN_IN_MAILS_PER_NETWORK_HOUR = 100_000


def asked(number: int) -> tuple[Client, str]:
    """A browser that asked for a mail, and the path of its link."""
    client = Client()
    ask(client, f"person{number}@example.org")
    return client, mailed_link()


def look(link: str, client: Client) -> set[int]:
    """What a mail scanner and the browser itself are answered when they only look."""
    scanner = Client(headers={"User-Agent": "MailScanner/1.0"})
    return {act(link).status_code for who in (scanner, client) for act in (who.get, who.head)}


def check_looked_at(links: int) -> None:
    for number in range(links):
        client, link = asked(number)
        assert look(link, client) == {200}
    assert SignInLink.objects.filter(used_at=None, code_tries=0).count() == links


def check_raced(links: int) -> None:
    for number in range(links):
        client, link = asked(number)
        answers = at_once(lambda link=link, client=client: same_browser(client).post(link).status_code)
        assert sorted(answers) == [302] + [410] * (THREADS - 1), number
    assert SignInLink.objects.exclude(used_at=None).count() == links


def test_no_link_of_thirty_is_used_up_by_looking():
    check_looked_at(FEW)


@pytest.mark.django_db(transaction=True)
def test_each_link_of_four_signs_in_once_when_pressed_32_times_at_once():
    check_raced(4)


@pytest.mark.full
def test_no_link_of_a_thousand_is_used_up_by_looking():
    check_looked_at(MANY)


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_each_link_of_a_thousand_signs_in_once_when_pressed_32_times_at_once():
    check_raced(MANY)
