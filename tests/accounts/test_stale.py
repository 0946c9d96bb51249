"""What is cleared away after a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import remove_stale
from accounts.models import SignInLink, User
from tests.accounts.mail import ask, type_code
from tests.factories import create_photo, create_user

DAY = timedelta(hours=24)
pytestmark = pytest.mark.django_db


def make_old() -> None:
    User.objects.update(date_joined=timezone.now() - DAY - timedelta(minutes=1))
    SignInLink.objects.update(created_at=timezone.now() - DAY - timedelta(minutes=1))


def test_a_day_later_links_and_people_who_never_came_are_gone(client: Client):
    ask(client)
    make_old()
    assert remove_stale(timezone.now()) == {"links": 1, "people": 1, "mails": 0}
    assert not User.objects.exists()


def test_within_the_day_everything_stays(client: Client):
    ask(client)
    assert remove_stale(timezone.now()) == {"links": 0, "people": 0, "mails": 0}


def test_who_signed_in_stays(client: Client):
    ask(client)
    type_code(client)
    make_old()
    assert remove_stale(timezone.now())["people"] == 0


def test_who_asked_again_stays_and_the_new_link_works(client: Client):
    ask(client)
    make_old()
    ask(client)
    assert remove_stale(timezone.now())["people"] == 0
    assert type_code(client).status_code == 302


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": True}, {"credits": 1}])
def test_people_whom_staff_know_stay(fields: dict[str, Any]):
    create_user(**{"credits": 0, "verified_at": None, **fields})
    make_old()
    assert remove_stale(timezone.now())["people"] == 0


def test_people_with_photos_stay():
    create_photo(create_user(credits=0, verified_at=None))
    make_old()
    assert remove_stale(timezone.now())["people"] == 0
