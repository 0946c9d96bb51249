"""People in the admin."""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import AuditEntry, User
from credits.models import CreditAccount, CreditEvent
from tests.conftest import staff_client
from tests.factories import create_user

USERS, AUDIT = "/admin/accounts/user/", "/admin/accounts/auditentry/"


def wish(act: str = "grant", amount: int = 5, reason: str = "a gift", key: str = "") -> dict[str, object]:
    return {"act": act, "amount": amount, "reason": reason, "key": key or str(uuid.uuid4())}


def adjust(client: Client, user: User, data: dict[str, object]):
    return client.post(f"{USERS}{user.pk}/credits/", data)


def test_visitors_and_families_stay_out(client: Client, alice_client: Client):
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=/admin/"
    assert alice_client.get("/admin/", follow=True).status_code == 403


def test_staff_find_people(charlie_client: Client, alice: User, bob: User, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = charlie_client.get(USERS, {"q": "alice"}).content.decode()
    assert alice.email in page
    assert bob.email not in page


@pytest.mark.parametrize(
    ("act", "balance", "reason"), [("grant", 15, "staff_grant"), ("revoke", 5, "staff_revoke")]
)
def test_credits_are_granted_and_taken_back(
    charlie_client: Client, charlie: User, alice: User, act: str, balance: int, reason: str
):
    assert adjust(charlie_client, alice, wish(act)).status_code == 302
    entry = AuditEntry.objects.get()
    assert CreditAccount.objects.balance_of(alice) == balance
    assert CreditEvent.objects.filter(account__user=alice)[0].reason == reason
    assert (entry.actor, entry.subject, entry.reason) == (charlie, alice, "a gift")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"act": "revoke", "amount": 11}, "There are not enough credits for this."),
        ({"amount": 0}, "greater than or equal to 1"),
        ({"amount": 1_000_001}, "less than or equal to 1000000"),
        ({"reason": "   "}, "This field is required."),
        ({"act": "double"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    charlie_client: Client, alice: User, bad: dict[str, object], said: str
):
    page = adjust(charlie_client, alice, {**wish(), **bad})
    assert said in page.content.decode()
    assert (CreditAccount.objects.balance_of(alice), AuditEntry.objects.count()) == (10, 0)


def test_sending_the_form_twice_grants_once(charlie_client: Client, alice: User):
    form = charlie_client.get(f"{USERS}{alice.pk}/credits/").context["form"]
    same = wish(key=str(form["key"].value()))
    adjust(charlie_client, alice, same)
    assert "This was done already." in adjust(charlie_client, alice, same).content.decode()
    assert CreditAccount.objects.balance_of(alice) == 15


def test_staff_without_the_permission_grant_nothing(alice: User):
    helper = create_user("helper@example.org", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="change_user"))
    client = staff_client(helper)
    assert adjust(client, alice, wish()).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="add_creditevent"))
    assert adjust(client, alice, wish()).status_code == 302


def test_a_person_who_does_not_exist_gets_nothing(charlie_client: Client):
    assert charlie_client.post(f"{USERS}{uuid.uuid4()}/credits/", wish()).status_code == 404


def test_blocking_ends_the_sessions_and_is_recorded(
    charlie_client: Client, alice_client: Client, alice: User
):
    charlie_client.post(f"{USERS}{alice.pk}/change/", {"plan": "family"})
    alice.refresh_from_db()
    assert (alice.is_active, alice.plan) == (False, "family")
    assert alice_client.get("/account/").status_code == 302
    assert AuditEntry.objects.get().details == {"plan": ["free", "family"], "is_active": [True, False]}
    assert not LogEntry.objects.exists()


def test_nobody_locks_themselves_out(charlie_client: Client, charlie: User):
    charlie_client.post(f"{USERS}{charlie.pk}/change/", {"plan": "free"})
    charlie.refresh_from_db()
    assert (charlie.is_active, charlie.is_staff, charlie.is_superuser) == (True, True, True)


def test_staff_hand_out_no_powers_and_do_not_touch_superusers(alice: User, charlie: User):
    helper = create_user("helper@example.org", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=("change_user", "view_user")))
    client = staff_client(helper)
    client.post(
        f"{USERS}{alice.pk}/change/", {"plan": "free", "is_active": "1", "is_staff": "1", "is_superuser": "1"}
    )
    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser) == (False, False)
    assert client.post(f"{USERS}{charlie.pk}/change/", {"plan": "free"}).status_code == 403


def test_people_are_neither_added_nor_deleted_by_hand(charlie_client: Client, alice: User):
    deletion = {"action": "delete_selected", "_selected_action": str(alice.pk), "post": "yes"}
    assert charlie_client.post(f"{USERS}add/", {"email": "e@example.org"}).status_code == 403
    assert charlie_client.post(f"{USERS}{alice.pk}/delete/", {"post": "yes"}).status_code == 403
    charlie_client.post(USERS, deletion)
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_record_of_staff_is_only_shown(charlie_client: Client, alice: User):
    adjust(charlie_client, alice, wish())
    entry = AuditEntry.objects.get()
    assert "a gift" in charlie_client.get(f"{AUDIT}?subject__id__exact={alice.pk}").content.decode()
    assert charlie_client.get(f"{AUDIT}{entry.pk}/change/").status_code == 200
    for path in (AUDIT, f"{AUDIT}add/", f"{AUDIT}{entry.pk}/change/", f"{AUDIT}{entry.pk}/delete/"):
        assert charlie_client.post(path, {"reason": "another"}).status_code == 403
    entry.refresh_from_db()
    assert entry.reason == "a gift"


def test_the_page_of_a_person_leads_to_credits_and_record(charlie_client: Client, alice: User):
    page = charlie_client.get(f"{USERS}{alice.pk}/change/").content.decode()
    assert f"{USERS}{alice.pk}/credits/" in page
    assert f"{AUDIT}?subject__id__exact={alice.pk}" in page
