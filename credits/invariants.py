"""What must always hold of the ledger, each as one query that finds the violations. Used by command, clock and tests."""

from collections.abc import Callable

from django.db import connection
from django.db.models import Exists, F, OuterRef, Sum
from django.db.models.functions import Coalesce

from accounts.models import AuditEntry
from credits.append_only import missing_triggers
from credits.models import STAFF, CreditAccount, CreditEvent

MOST_SHOWN = 20

PREFIX_SUMS = """
SELECT account_id, id FROM (
    SELECT account_id, id, balance_after, SUM(amount) OVER (PARTITION BY account_id ORDER BY id) AS running
    FROM credits_creditevent
) AS sums WHERE running < 0 OR running <> balance_after
"""
SECOND_EVENTS = """
SELECT render_uuid, reason FROM credits_creditevent WHERE reason IN ('charge', 'refund')
GROUP BY render_uuid, reason HAVING COUNT(*) > 1
"""
REFUNDS_WITHOUT_CHARGE = """
SELECT back.id, back.amount FROM credits_creditevent AS back
LEFT JOIN credits_creditevent AS paid
    ON paid.render_uuid = back.render_uuid AND paid.reason = 'charge' AND paid.id < back.id
    AND paid.account_id = back.account_id AND paid.amount = -back.amount
WHERE back.reason = 'refund' AND paid.id IS NULL
"""


def rows(sql: str) -> list[tuple[object, ...]]:
    """The first rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {MOST_SHOWN}")
        return list(cursor.fetchall())


def running_balance() -> list[str]:
    """L1: no balance was ever negative, and each event says the balance it left."""
    return [
        f"event {event} of account {account} leaves another balance than its sum"
        for account, event in rows(PREFIX_SUMS)
    ]


def once_a_render() -> list[str]:
    """L3: at most one charge and one refund a render; a refund returns exactly the charge before it."""
    twice = [f"render {render} has more than one {reason}" for render, reason in rows(SECOND_EVENTS)]
    return twice + [
        f"refund {event} of {amount} has no charge to return"
        for event, amount in rows(REFUNDS_WITHOUT_CHARGE)
    ]


def cached_balance() -> list[str]:
    """L4: the balance of an account is the sum of its events."""
    sums = CreditAccount.objects.annotate(total=Coalesce(Sum("events__amount"), 0)).exclude(
        total=F("balance")
    )
    return [f"account {account.pk} says {account.balance}" for account in sums[:MOST_SHOWN]]


def append_only() -> list[str]:
    """L5: the triggers that refuse edits are there."""
    return [f"trigger {name} is missing" for name in missing_triggers(connection)]


def conservation() -> list[str]:
    """L6: all credits given, less all taken, are in the balances."""
    given = CreditEvent.objects.aggregate(total=Coalesce(Sum("amount"), 0))["total"]
    held = CreditAccount.objects.aggregate(total=Coalesce(Sum("balance"), 0))["total"]
    return [] if given == held else [f"events sum up to {given}, balances to {held}"]


def staff_accounted() -> list[str]:
    """L7: each change by staff has its actor and an audit entry."""
    audited = AuditEntry.objects.filter(credit_event=OuterRef("pk"), action=OuterRef("reason"))
    alone = CreditEvent.objects.filter(reason__in=STAFF).exclude(Exists(audited))
    return [f"staff event {event.pk} has no audit entry" for event in alone[:MOST_SHOWN]]


# Other apps add theirs when they start: the ledger knows nothing of renders.
INVARIANTS: dict[str, Callable[[], list[str]]] = {
    "L1": running_balance,
    "L3": once_a_render,
    "L4": cached_balance,
    "L5": append_only,
    "L6": conservation,
    "L7": staff_accounted,
}


def violations() -> list[str]:
    """Everything that does not hold, as readable lines; empty when all is well."""
    return [f"{name}: {problem}" for name, check in INVARIANTS.items() for problem in check()]
