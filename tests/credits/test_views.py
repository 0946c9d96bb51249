"""The page of credits."""

import uuid

import pytest
from django.test import Client

from accounts.models import User
from credits.actions import grant
from credits.models import CreditAccount, CreditEvent, Reason
from credits.views import EVENTS_A_PAGE
from tests.factories import create_job, create_user

CREDITS = "/credits/"


def spend(user: User) -> CreditEvent:
    """A page of a job that is no more."""
    account = CreditAccount.objects.of(user)
    return CreditEvent.objects.create(
        account=account,
        amount=-1,
        balance_after=9,
        reason=Reason.CHARGE,
        key=f"charge:{uuid.uuid4()}",
        job_uuid=uuid.uuid4(),
        render_uuid=uuid.uuid4(),
    )


def test_the_balance_and_how_it_came_about(alice_client: Client, alice: User):
    job = create_job(alice)
    page = alice_client.get(CREDITS).content.decode()
    assert "You have 9 credits." in page
    assert f'<a href="/jobs/{job.pk}/">Page drawn</a>' in page
    assert "Welcome credits" in page
    assert page.index("Page drawn") < page.index("Welcome credits")
    assert "This month you have used 1." in page


def test_a_job_that_is_gone_is_not_linked(alice_client: Client, alice: User):
    event = spend(alice)
    page = alice_client.get(CREDITS).content.decode()
    assert "Page drawn" in page
    assert str(event.job_uuid) not in page


def test_long_histories_go_on_by_cursor_without_a_gap(alice_client: Client, alice: User):
    for number in range(EVENTS_A_PAGE + 4):
        grant(user=alice, amount=1, reason=Reason.VOUCHER, key=f"voucher:{number}")
    first = alice_client.get(CREDITS)
    rest = alice_client.get(CREDITS, {"cursor": first.context["next_cursor"]}, headers={"HX-Request": "true"})
    assert [first.content.decode().count("<td><time"), rest.content.decode().count("<td><time")] == [
        EVENTS_A_PAGE,
        5,
    ]
    assert "Welcome credits" in rest.content.decode()
    assert "<html" not in rest.content.decode()
    assert "Show more" not in rest.content.decode()


def test_without_credits_the_page_says_so(client: Client, db: None):
    client.force_login(create_user(credits=0))
    page = client.get(CREDITS).content.decode()
    assert "You have 0 credits." in page
    assert "Nothing here yet" in page


def test_nobody_sees_anothers_credits(bob_client: Client, alice: User):
    job = create_job(alice)
    assert str(job.pk) not in bob_client.get(CREDITS).content.decode()
    assert [event.reason for event in bob_client.get(CREDITS).context["events"]] == [Reason.SIGNUP]


def test_visitors_are_sent_to_sign_in(client: Client, db: None):
    assert client.get(CREDITS)["Location"] == "/sign-in/?next=%2Fcredits%2F"


def test_a_made_up_cursor_is_refused(alice_client: Client):
    assert alice_client.get(CREDITS, {"cursor": "abc"}).status_code == 400


@pytest.mark.parametrize("jobs", [0, 1])
def test_the_page_asks_the_database_little(
    alice_client: Client, alice: User, django_assert_max_num_queries, jobs: int
):
    for _number in range(jobs):
        create_job(alice)
    with django_assert_max_num_queries(6):
        alice_client.get(CREDITS)
