"""Stored objects: keys made by us, written before their rows, deleted before their rows."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction


class StorageError(Exception):
    """The store did not do what was asked: full, down or damaged."""


class ObjectMissing(StorageError):
    """The store answers, and does not have it."""


def new_key(kind: str, owner: uuid.UUID | str, extension: str) -> str:
    """`<kind>/<owner uuid>/<32 hex digits>.<extension>`: no word of a user's in it, and not to be guessed."""
    return f"{kind}/{owner}/{uuid.uuid4().hex}.{extension}"


def put(*, kind: str, owner: uuid.UUID | str, data: bytes, extension: str) -> str:
    """Stores the bytes and returns their key. Raises StorageError."""
    return put_file(kind=kind, owner=owner, file=ContentFile(data), extension=extension)


def put_file(*, kind: str, owner: uuid.UUID | str, file: File, extension: str) -> str:
    """Stores what the file holds, piece by piece, and returns its key. Raises StorageError."""
    key = new_key(kind, owner, extension)
    try:
        return default_storage.save(key, file)
    except Exception as error:  # each store raises its own: a full disk, a timeout, a refused key
        raise StorageError(f"cannot store {kind}") from error


def read(key: str) -> bytes:
    """The whole object. Raises StorageError."""
    with open_object(key) as file:
        return file.read()


def open_object(key: str) -> IO[bytes]:
    """The object as a file to stream. Raises StorageError, ObjectMissing when it is not there."""
    try:
        return default_storage.open(key)
    except FileNotFoundError as error:
        raise ObjectMissing(f"no {PurePosixPath(key).parts[0]}") from error
    except Exception as error:
        raise StorageError(f"cannot read {PurePosixPath(key).parts[0]}") from error


def discard(keys: Iterable[str]) -> None:
    """Deletes objects that got no row; what the store refuses now is swept as an orphan later."""
    for key in keys:
        with suppress(StorageError):
            delete(key)


@contextmanager
def discarded_unless_written(keys: Sequence[str]) -> Iterator[None]:
    """A transaction that writes the rows of stored objects; when it fails the objects go too.

    Not when its COMMIT fails: the rows may have been written then, and an object without a row is swept later.
    """
    is_committing = False
    try:
        with transaction.atomic():
            yield
            is_committing = True
    except BaseException:
        if not is_committing:
            discard(keys)
        raise


def delete(key: str) -> None:
    """Deletes the object; one that is gone already is fine. Raises StorageError."""
    try:
        default_storage.delete(key)
    except Exception as error:
        raise StorageError(f"cannot delete {PurePosixPath(key).parts[0]}") from error
