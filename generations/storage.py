"""Stored objects: keys made by us, written before their rows, deleted before their rows."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from generations.stores.base import Form, Store


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
    with _asking(key, "store"):
        return default_storage.save(key, file)


def put_incoming(key: str, file: File) -> None:
    """Stores what a browser has sent in the place it was given; sent again, it takes the place of the first."""
    with _asking(key, "store"):
        default_storage.delete(key)
        default_storage.save(key, file)


def read(key: str) -> bytes:
    """The whole object. Raises StorageError."""
    with _asking(key, "read"), default_storage.open(key) as file:
        return file.read()


def open_object(key: str) -> IO[bytes]:
    """The object as a file to stream. Raises StorageError, ObjectMissing when it is not there."""
    with _asking(key, "read"):
        return default_storage.open(key)


def size_of(key: str) -> int:
    """In bytes. Raises StorageError, ObjectMissing when it is not there."""
    with _asking(key, "read"):
        return default_storage.size(key)


def beginning(key: str, most: int) -> bytes:
    """The object's first bytes, at most `most`, however long it is. Raises StorageError, ObjectMissing."""
    with _asking(key, "read"):
        return _store().beginning(key, most)


def is_there(key: str) -> bool:
    """Raises StorageError."""
    with _asking(key, "find"):
        return default_storage.exists(key)


def every_object() -> Iterator[tuple[str, datetime]]:
    """The key of every object in the store, and when it was written."""
    return _store().every_object()


def upload_form(key: str, *, content_type: str, most: int, lasts: int) -> Form | None:
    """A form by which a browser sends an object of at most `most` bytes to the store itself, for `lasts` seconds.

    None when the store takes nothing from browsers. Raises StorageError.
    """
    with _asking(key, "sign"):
        return _store().upload_form(key, content_type=content_type, most=most, lasts=lasts)


def download_url(key: str, *, filename: str, content_type: str) -> str | None:
    """Where a browser fetches the object from the store itself, for five minutes, to save it as `filename`.

    None when the store gives nothing to browsers. Raises StorageError.
    """
    with _asking(key, "sign"):
        return _store().download_url(key, filename=filename, content_type=content_type)


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
    with _asking(key, "delete"):
        default_storage.delete(key)


def _store() -> Store:
    return cast(Store, default_storage)


@contextmanager
def _asking(key: str, what: str) -> Iterator[None]:
    """Names the kind of object in the error, and not its key: that has its owner in it."""
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectMissing(f"no {PurePosixPath(key).parts[0]}") from error
    except Exception as error:  # each store raises its own: a full disk, a timeout, a refused signature
        raise StorageError(f"cannot {what} {PurePosixPath(key).parts[0]}") from error
