"""The verbs of the ledger. Each writes one event and the balance in one transaction, under the account's lock."""

import hashlib
import hmac
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from config.errors import AppError
from credits.models import CreditAccount, CreditEvent, Reason, SignupGrant

if TYPE_CHECKING:
    from datetime import datetime

MOST_CREDITS = 1_000_000


@transaction.atomic
def grant(*, user: User, amount: int, reason: Reason, key: str, actor: User | None = None) -> CreditEvent:
    """Adds `amount` >= 1 credits; the same key a second time raises CONFLICT and writes nothing."""
    account = CreditAccount.objects.locked(user)
    _refuse_second(account, key)
    return _write(account, _whole(amount), reason, key, actor_uuid=actor.pk if actor else None)


@transaction.atomic
def charge(*, account: CreditAccount, price: int, job_uuid: UUID, render_uuid: UUID) -> CreditEvent | None:
    """Takes the price of a render, once. Free renders write nothing. Raises NO_CREDITS."""
    if price == 0:
        return None
    key = f"charge:{render_uuid}"
    return _write(account, -price, Reason.CHARGE, key, job_uuid=job_uuid, render_uuid=render_uuid)


@transaction.atomic
def refund(*, user: User, render_uuid: UUID) -> CreditEvent | None:
    """Gives back what a render cost, once; nothing when it cost nothing or was given back already."""
    account = CreditAccount.objects.locked(user)
    events = {event.reason: event for event in CreditEvent.objects.filter(render_uuid=render_uuid)}
    paid = events.get(Reason.CHARGE)
    if paid is None or Reason.REFUND in events:
        return None
    key = f"refund:{render_uuid}"
    return _write(account, -paid.amount, Reason.REFUND, key, job_uuid=paid.job_uuid, render_uuid=render_uuid)


@transaction.atomic
def staff_adjust(*, user: User, amount: int, reason_text: str, actor: User, key: str) -> CreditEvent:
    """Grants (amount > 0) or takes back (< 0) credits; the free-text reason goes to an erasable audit entry.

    Raises VALIDATION_ERROR without a reason or with a bad amount, NO_CREDITS when there are not so many to take.
    """
    if not reason_text.strip():
        raise AppError("VALIDATION_ERROR", _("Please say why."), details={"reason": [_("Please say why.")]})
    if amount == 0 or abs(amount) > MOST_CREDITS:
        problem = _("Choose a number of credits between 1 and 1,000,000.")
        raise AppError("VALIDATION_ERROR", problem, details={"amount": [problem]})
    account = CreditAccount.objects.locked(user)
    _refuse_second(account, key)
    reason = Reason.STAFF_GRANT if amount > 0 else Reason.STAFF_REVOKE
    event = _write(account, amount, reason, key, actor_uuid=actor.pk)
    AuditEntry.objects.create(
        actor=actor,
        subject=user,
        action=reason,
        reason=reason_text.strip(),
        details={"amount": amount},
        credit_event=event.pk,
    )
    return event


@transaction.atomic
def grant_welcome(*, user: User) -> CreditEvent | None:
    """The welcome credits, once a mailbox even if the account was deleted in between; None when had already."""
    if settings.SIGNUP_CREDITS == 0:
        return None
    _grant, is_new = SignupGrant.objects.get_or_create(mailbox_hash=mailbox_hash(user.email))
    if not is_new:
        return None
    return grant(user=user, amount=settings.SIGNUP_CREDITS, reason=Reason.SIGNUP, key="signup")


def remember_mailbox(*, user: User) -> None:
    """Starts the twelve months anew in which the mailbox of a leaving user is welcomed with no further credits."""
    if user.verified_at is not None:
        facts = {"at": timezone.now()}
        SignupGrant.objects.update_or_create(mailbox_hash=mailbox_hash(user.email), defaults=facts)


def mailbox_hash(email: str) -> str:
    """HMAC-SHA256 of the mailbox without its plus-tag, as hex: tells whether it was here, not whose it is."""
    name, _at, host = email.strip().lower().partition("@")
    mailbox = f"{name.partition('+')[0]}@{host}"
    return hmac.new(settings.SECRET_KEY.encode(), mailbox.encode(), hashlib.sha256).hexdigest()


def used_since(account: CreditAccount, moment: "datetime") -> int:
    """Credits spent on pages since then, less those given back, >= 0."""
    events = CreditEvent.objects.filter(
        account=account, at__gte=moment, reason__in=(Reason.CHARGE, Reason.REFUND)
    )
    return max(0, -sum(events.values_list("amount", flat=True)))


def _write(
    account: CreditAccount, amount: int, reason: Reason, key: str, **links: UUID | None
) -> CreditEvent:
    enough = CreditAccount.objects.filter(pk=account.pk, balance__gte=-amount)
    if not enough.update(balance=F("balance") + amount):
        raise AppError("NO_CREDITS", _("There are not enough credits for this."))
    account.refresh_from_db(fields=["balance"])
    return CreditEvent.objects.create(
        account=account, amount=amount, balance_after=account.balance, reason=reason, key=key, **links
    )


def _refuse_second(account: CreditAccount, key: str) -> None:
    if account.events.filter(key=key).exists():
        raise AppError("CONFLICT", _("This was done already."))


def _whole(amount: int) -> int:
    if not 1 <= amount <= MOST_CREDITS:
        raise AppError("VALIDATION_ERROR", _("Choose a number of credits between 1 and 1,000,000."))
    return amount
