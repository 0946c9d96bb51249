"""Who was deleted: a row and, beside the database, an object in the store, so that no restore brings anybody back.

Only the user's random id and the time are kept. See docs/adr/0008-tombstones-beside-the-database.md.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Tombstone, User
from config.errors import AppError

FOLDER = "tombstone"


def engrave(stone: Tombstone) -> None:
    """Writes the stone's object, once. Raises SERVICE_UNAVAILABLE when the store does not answer."""
    key = _key(stone.user_uuid)
    try:
        if not default_storage.exists(key):
            default_storage.save(key, ContentFile(json.dumps(facts(stone)).encode()))
    except Exception as error:  # each store raises its own
        message = _("We cannot reach our store just now. The rest is deleted as soon as it answers.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error


def facts(stone: Tombstone) -> dict[str, object]:
    """The stone as JSON knows it."""
    return {"user": str(stone.user_uuid), "at": stone.at.isoformat()}


def from_facts(words: dict[str, Any]) -> Tombstone:
    """The stone of what `facts` gave, not yet saved."""
    at = parse_datetime(words["at"])
    assert isinstance(at, datetime)
    return Tombstone(user_uuid=UUID(words["user"]), at=at)


def in_store() -> Iterator[Tombstone]:
    """Every stone that lies in the store."""
    try:
        folders, _files = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nobody was ever deleted
        return
    for name in folders:
        with default_storage.open(_key(UUID(name))) as file:
            yield from_facts(json.load(file))


def remember(stones: Iterable[Tombstone]) -> None:
    """Writes the rows that are missing."""
    Tombstone.objects.bulk_create(stones, ignore_conflicts=True)


def risen() -> list[User]:
    """People who have a tombstone and yet a row: a restore brought them back, or their deletion was cut off."""
    return list(User.objects.filter(pk__in=Tombstone.objects.values("user_uuid")))


def _key(user_uuid: UUID) -> str:
    return f"{FOLDER}/{user_uuid}/{user_uuid.hex}.json"
