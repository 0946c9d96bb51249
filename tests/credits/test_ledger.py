"""The ledger's verbs, and what the database itself refuses."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import AuditEntry, User
from config.errors import AppError
from credits.actions import charge, grant, grant_welcome, refund, staff_adjust
from credits.invariants import violations
from credits.models import CreditAccount, CreditEvent, Reason
from tests.factories import create_user

pytestmark = pytest.mark.django_db

JOB, RENDER = uuid.uuid4(), uuid.uuid4()


def account_of(user: User) -> CreditAccount:
    return CreditAccount.objects.of(user)


def charge_one(user: User, render: uuid.UUID = RENDER) -> CreditEvent | None:
    return charge(account=account_of(user), price=1, job_uuid=JOB, render_uuid=render)


def refused(code: str) -> "pytest.RaisesExc[AppError]":
    return pytest.raises(AppError, check=lambda error: error.code == code)


def test_a_charge_takes_and_a_refund_gives_back(alice: User) -> None:
    charge_one(alice)
    assert account_of(alice).balance == 9
    refund(user=alice, render_uuid=RENDER)
    assert account_of(alice).balance == 10
    assert violations() == []


def test_a_second_charge_of_a_render_fails_and_writes_nothing(alice: User) -> None:
    charge_one(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        charge_one(alice)
    assert account_of(alice).balance == 9


def test_a_second_refund_gives_nothing(alice: User) -> None:
    charge_one(alice)
    assert refund(user=alice, render_uuid=RENDER) is not None
    assert refund(user=alice, render_uuid=RENDER) is None
    assert account_of(alice).balance == 10


def test_what_was_not_charged_is_not_refunded(alice: User) -> None:
    assert refund(user=alice, render_uuid=uuid.uuid4()) is None


def test_a_free_render_writes_no_event(alice: User) -> None:
    assert charge(account=account_of(alice), price=0, job_uuid=JOB, render_uuid=RENDER) is None


def test_nobody_spends_what_they_do_not_have(db: None) -> None:
    poor = create_user("poor@example.org", credits=0)
    with refused("NO_CREDITS"):
        charge_one(poor)
    assert not CreditEvent.objects.filter(account__user=poor).exists()


@pytest.mark.parametrize("amount", [0, -1, 2**31])
def test_a_grant_is_a_sensible_number(alice: User, amount: int) -> None:
    with refused("VALIDATION_ERROR"):
        grant(user=alice, amount=amount, reason=Reason.VOUCHER, key="v")
    assert account_of(alice).balance == 10


def test_the_same_key_grants_once(alice: User) -> None:
    grant(user=alice, amount=5, reason=Reason.VOUCHER, key="v")
    with refused("CONFLICT"):
        grant(user=alice, amount=5, reason=Reason.VOUCHER, key="v")
    assert account_of(alice).balance == 15


def test_staff_changes_name_actor_and_reason(alice: User, charlie: User) -> None:
    event = staff_adjust(user=alice, amount=-3, reason_text="Sent twice", actor=charlie, key="a")
    entry = AuditEntry.objects.get()
    assert (event.actor_uuid, entry.actor, entry.reason) == (charlie.pk, charlie, "Sent twice")
    assert violations() == []


@pytest.mark.parametrize(
    ("amount", "reason", "code"),
    [(0, "x", "VALIDATION_ERROR"), (5, " ", "VALIDATION_ERROR"), (-11, "x", "NO_CREDITS")],
)
def test_a_bad_staff_change_writes_nothing(
    alice: User, charlie: User, amount: int, reason: str, code: str
) -> None:
    with refused(code):
        staff_adjust(user=alice, amount=amount, reason_text=reason, actor=charlie, key="a")
    assert (account_of(alice).balance, AuditEntry.objects.count()) == (10, 0)


def test_welcome_credits_come_once_a_mailbox(db: None) -> None:
    first = create_user("mia@example.org", credits=0)
    again = create_user("mia+2@example.org", credits=0)
    assert grant_welcome(user=first) is not None
    assert grant_welcome(user=again) is None


@pytest.mark.parametrize(
    "sql", ["UPDATE credits_creditevent SET amount = 99", "DELETE FROM credits_creditevent"]
)
def test_the_database_refuses_edits_of_the_ledger(alice: User, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_database_refuses_a_negative_balance(alice: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditAccount.objects.update(balance=-1)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 0, "reason": Reason.VOUCHER},
        {"amount": 5, "reason": Reason.CHARGE, "render_uuid": RENDER},
        {"amount": -5, "reason": Reason.CHARGE},
        {"amount": -5, "reason": Reason.VOUCHER},
        {"amount": 5, "reason": Reason.STAFF_GRANT},
        {"amount": 5, "reason": Reason.VOUCHER, "balance_after": -1},
        {"amount": 5, "reason": Reason.VOUCHER, "key": "signup"},
    ],
)
def test_the_database_refuses_events_that_make_no_sense(alice: User, facts: dict[str, object]) -> None:
    event = CreditEvent(**{"account": account_of(alice), "balance_after": 1, "key": "k", **facts})
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


@pytest.mark.parametrize(("reason", "amount"), [(Reason.CHARGE, -1), (Reason.REFUND, 1)])
def test_the_database_refuses_a_second_charge_or_refund(alice: User, reason: Reason, amount: int) -> None:
    facts = {"account": account_of(alice), "amount": amount, "balance_after": 9, "render_uuid": RENDER}
    CreditEvent.objects.create(reason=reason, key="first", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditEvent.objects.create(reason=reason, key="second", **facts)
