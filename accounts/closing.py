"""Closes an account for good, and closes again what a restore or a cut-off deletion has left open."""

import logging

from django.db import transaction
from django.db.models import ProtectedError

from accounts import mail_folder, tombstones
from accounts.models import AuditEntry, Tombstone, User
from accounts.open_sessions import end_sessions
from config.errors import AppError
from credits.actions import remember_mailbox

logger = logging.getLogger(__name__)


def close_account(*, user: User) -> None:
    """Deletes everything that is the user's, then the user. The ledger stays, naming nobody; a tombstone stays.

    The tombstone comes first: a deletion that is cut off anywhere is finished by the next clean-up.
    Raises SERVICE_UNAVAILABLE when the store does not answer; nobody can sign in any more then.
    """
    from generations.actions.closing import (
        erase_studio,
    )  # generations stands on accounts; only this act goes back

    stone = _shut(user)
    tombstones.engrave(stone)
    erase_studio(user=user)
    mail_folder.remove_to(user.email)
    _forget(user)


def close_again() -> tuple[int, int]:
    """Finishes every closing that is not whole; how many were finished, and how many the store kept from it."""
    outcomes = [_is_closed(user) for user in tombstones.risen()]
    return outcomes.count(True), outcomes.count(False)


def _is_closed(user: User) -> bool:
    try:
        close_account(user=user)
    except (
        AppError,
        ProtectedError,
    ):  # ProtectedError: a request that was under way has brought something new
        logger.warning("a closed account is not yet deleted whole; it is tried again in the next run")
        return False
    return True


@transaction.atomic
def _shut(user: User) -> Tombstone:
    """From here on it is settled that the account goes."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    return Tombstone.objects.get_or_create(user_uuid=user.pk)[0]


@transaction.atomic
def _forget(user: User) -> None:
    """The user's row and every word about them; that staff acted stays, without whom it was about and why."""
    remember_mailbox(user=user)
    AuditEntry.objects.filter(subject=user).update(reason="", details={})
    user.delete()
