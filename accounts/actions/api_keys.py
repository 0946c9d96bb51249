"""Personal API keys: made and shown once, found again by their hash, revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from accounts.links import hash_of
from accounts.models import ApiKey, AuditEntry, User
from config.errors import AppError
from config.faults import is_database_fault

PREFIX = "scribble_"
RANDOM_BYTES = 32
HINT_LENGTH = 4


@dataclass(frozen=True)
class NewKey:
    """A key as stored, and the secret itself: `secret` is shown once and kept nowhere."""

    row: ApiKey
    secret: str


@transaction.atomic
def make_key(
    *, user: User, name: str, scope: str, lives: timedelta | None, with_second_factor: bool = False
) -> NewKey:
    """A new key of the user; `lives` None for one that does not expire.

    Raises CONFLICT when a key has this name already, or when there are as many as one person may have.
    """
    one_at_a_time(f"keys of {user.pk}")
    at, secret = timezone.now(), f"{PREFIX}{secrets.token_urlsafe(RANDOM_BYTES)}"
    _check_room(user, name)
    row = ApiKey.objects.create(
        user=user,
        name=name,
        scope=scope,
        key_hash=hash_of(secret),
        hint=secret[-HINT_LENGTH:],
        with_second_factor=with_second_factor,
        created_at=at,
        expires_at=at + lives if lives else None,
    )
    _record(row, "make_key")
    return NewKey(row, secret)


@transaction.atomic
def revoke_key(*, key: ApiKey) -> None:
    """The key opens nothing from now on. Its row goes; that it was there stays on record."""
    gone, _by_model = ApiKey.objects.filter(pk=key.pk).delete()
    if gone:
        _record(key, "revoke_key")


def key_of(*, secret: str, at: datetime) -> ApiKey | None:
    """The key with this secret, with its user, when both may come in; notes that it was used.

    Looked up by its hash: how long that takes says nothing of how near a guess came.
    """
    if not secret.startswith(PREFIX):
        return None
    key = ApiKey.objects.usable(at=at).filter(key_hash=hash_of(secret)).select_related("user").first()
    if key is not None:
        _note_use(key, at)
    return key


def _check_room(user: User, name: str) -> None:
    own = ApiKey.objects.filter(user=user)
    if own.filter(name=name).exists():
        message = _("You have a key of this name already.")
        raise AppError("CONFLICT", message, details={"name": [message]})
    if own.count() >= settings.API_KEYS_PER_USER:
        raise AppError(
            "CONFLICT", _("You have as many keys as you can have. Remove one that you no longer use.")
        )


def _note_use(key: ApiKey, at: datetime) -> None:
    """At most one write a minute. A date that cannot be written keeps nobody out: reading goes on without it."""
    if not key.is_use_due(at):
        return
    try:
        ApiKey.objects.filter(pk=key.pk, last_used_at=key.last_used_at).update(last_used_at=at)
    except DatabaseError as error:
        if not is_database_fault(error):
            raise


def _record(key: ApiKey, action: str) -> None:
    details = {"scope": key.scope, "hint": key.hint}
    AuditEntry.objects.create(actor=key.user, subject=key.user, action=action, details=details)
