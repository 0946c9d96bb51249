import pytest
from django.test import Client

from accounts.models import User

ACCOUNT = "/account/"


def test_a_profile_is_shown_and_saved(alice_client: Client, alice: User):
    assert alice.email in alice_client.get(ACCOUNT).content.decode()
    wishes = {"name": "Alice", "language": "en", "paper": "letter"}
    answer = alice_client.post(ACCOUNT, wishes)
    alice.refresh_from_db()
    assert (alice.name, alice.language, alice.paper) == tuple(wishes.values())
    assert (answer["Location"], answer.cookies["django_language"].value) == (ACCOUNT, "en")


def test_everything_may_stay_as_the_browser_says(alice_client: Client, alice: User):
    answer = alice_client.post(ACCOUNT, {"name": "", "language": "", "paper": ""})
    assert (answer.status_code, answer.cookies["django_language"].value) == (302, "")


@pytest.mark.parametrize("wish", [{"paper": "a0"}, {"language": "tlh"}, {"name": "x" * 81}])
def test_a_bad_wish_is_refused_and_nothing_saved(alice_client: Client, alice: User, wish: dict[str, str]):
    assert alice_client.post(ACCOUNT, {"name": "Eve", **wish}).status_code == 400
    alice.refresh_from_db()
    assert alice.name == ""


def test_powers_cannot_be_slipped_in(alice_client: Client, alice: User):
    alice_client.post(
        ACCOUNT, {"name": "Alice", "is_staff": "1", "plan": "classroom", "email": "e@example.org"}
    )
    alice.refresh_from_db()
    assert (alice.is_staff, alice.plan, alice.email) == (False, "free", "alice@example.org")


def test_visitors_are_sent_to_sign_in(client: Client):
    assert client.get(ACCOUNT)["Location"] == "/sign-in/?next=%2Faccount%2F"


def test_the_page_asks_the_database_little(alice_client: Client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        alice_client.get(ACCOUNT)
