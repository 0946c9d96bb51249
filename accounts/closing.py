"""Closes an account for good."""

from django.db import transaction

from accounts.models import Tombstone, User


def close_account(*, user: User) -> None:
    """Deletes everything that is the user's, then the user. The ledger stays, naming nobody; a tombstone stays.

    Raises SERVICE_UNAVAILABLE when the store does not answer; signing in is over then already, call it again.
    """
    from generations.actions.closing import (
        erase_studio,
    )  # generations stands on accounts; only this act goes back

    user.is_active = False
    user.save(update_fields=["is_active"])
    erase_studio(user=user)
    with transaction.atomic():
        Tombstone.objects.get_or_create(user_uuid=user.pk)
        user.delete()
