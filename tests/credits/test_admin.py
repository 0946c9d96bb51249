"""The ledger in the admin: to look at, and nothing else."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from credits import admin
from credits.models import CreditAccount, CreditEvent
from tests.conftest import staff_client
from tests.factories import create_user

EVENTS, ACCOUNTS = "/admin/credits/creditevent/", "/admin/credits/creditaccount/"


@pytest.mark.parametrize("path", [EVENTS, ACCOUNTS])
def test_staff_see_lists_and_rows(charlie_client: Client, path: str, django_assert_max_num_queries):
    row = (CreditEvent if path == EVENTS else CreditAccount).objects.get()
    with django_assert_max_num_queries(8):
        assert charlie_client.get(path).status_code == 200
    page = charlie_client.get(f"{path}{row.pk}/change/").content.decode()
    assert "Welcome credits" in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("path", [EVENTS, ACCOUNTS])
def test_crafted_posts_are_refused(charlie_client: Client, path: str):
    row = (CreditEvent if path == EVENTS else CreditAccount).objects.get()
    posts = {
        f"{path}add/": {"amount": "5"},
        f"{path}{row.pk}/change/": {"amount": "5", "balance": "500", "events-TOTAL_FORMS": "0"},
        f"{path}{row.pk}/delete/": {"post": "yes"},
        path: {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"},
    }
    assert {
        target: charlie_client.post(target, data).status_code for target, data in posts.items()
    } == dict.fromkeys(posts, 403)
    assert (CreditEvent.objects.get().amount, CreditAccount.objects.get().balance) == (10, 10)


def test_an_account_shows_its_newest_events_only(charlie_client: Client, charlie: User, monkeypatch):
    monkeypatch.setattr(admin, "EVENTS_SHOWN", 0)
    page = charlie_client.get(f"{ACCOUNTS}{charlie.credit_account.pk}/change/").content.decode()
    assert "Welcome credits" not in page


def test_staff_without_permission_see_nothing(db: None):
    user = create_user("helper@example.org", is_staff=True)
    client = staff_client(user)
    assert client.get(EVENTS).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_creditevent"))
    assert client.get(EVENTS).status_code == 200
    assert client.post(EVENTS, {"action": "delete_selected"}).status_code == 403
