"""The command that checks the ledger finds what was planted."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import AuditEntry, User
from credits.actions import staff_adjust
from credits.models import CreditAccount, CreditEvent, Reason
from generations.models import Render
from tests.factories import create_job
from tests.ledger_triggers import remove_triggers, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded() -> Iterator[None]:
    with without_triggers():
        yield


def findings() -> str:
    with pytest.raises(CommandError) as caught:
        call_command("check_ledger")
    return str(caught.value)


def test_a_sound_ledger_passes(alice: User, fake_provider: None, capsys: pytest.CaptureFixture[str]) -> None:
    create_job(alice)
    call_command("check_ledger")
    assert "sound" in capsys.readouterr().out


def test_missing_triggers_are_found(alice: User) -> None:
    remove_triggers()
    assert "L5: trigger credits_creditevent_no_delete is missing" in findings()


def test_a_balance_that_is_not_the_sum_is_found(alice: User) -> None:
    CreditAccount.objects.update(balance=11)
    found = findings()
    assert "L4" in found
    assert "L6" in found


@pytest.mark.usefixtures("unguarded")
def test_an_edited_event_is_found(alice: User) -> None:
    CreditEvent.objects.update(amount=8)
    assert "L1" in findings()


def test_a_refund_out_of_nowhere_is_found(alice: User) -> None:
    account = CreditAccount.objects.of(alice)
    CreditEvent.objects.create(
        account=account, amount=1, balance_after=11, reason=Reason.REFUND, key="r", render_uuid=uuid.uuid4()
    )
    assert "L3: refund" in findings()


@pytest.mark.usefixtures("fake_provider")
def test_a_render_that_cost_nothing_is_found(alice: User) -> None:
    create_job(alice)
    Render.objects.update(price=2)
    assert "L2: render" in findings()


def test_a_staff_change_without_an_audit_entry_is_found(alice: User, charlie: User) -> None:
    staff_adjust(user=alice, amount=1, reason_text="x", actor=charlie, key="a")
    AuditEntry.objects.all().delete()
    assert "L7: staff event" in findings()
