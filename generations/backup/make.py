"""Makes a backup beside the running site: a folder that is whole under its name, or not there."""

import json
import platform
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import django
from django.db import connection

from accounts import tombstones
from accounts.models import Tombstone
from generations import storage
from generations.backup import databases, manifest
from generations.backup.manifest import COPIES, OBJECTS, TOMBSTONES, Manifest

UNFINISHED = ".partial"
STORED = "SELECT storage_key, sha256, size_bytes FROM generations_asset ORDER BY storage_key"
APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"


def make_backup(parent: Path, *, at: datetime, with_objects: bool) -> Path:
    """The new backup's folder in `parent`, readable by its owner only. Raises DatabaseError and StorageError."""
    folder = parent / f"scribblemachine-{at:%Y%m%dT%H%M%SZ}"
    unfinished = folder.with_name(folder.name + UNFINISHED)
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        _fill(unfinished, at=at, with_objects=with_objects)
        return unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise


def _fill(folder: Path, *, at: datetime, with_objects: bool) -> None:
    database = databases.current()
    with database.dump(folder / database.file) as query:
        tables = {name: next(query(databases.count_of(name)))[0] for name in databases.tables()}
        migrations = [f"{app}.{name}" for app, name in query(APPLIED)]
        stored = [dict(zip(("key", "sha256", "bytes"), row, strict=True)) for row in query(STORED)]
    _write_lines(folder / OBJECTS, (_listed(one, folder, with_objects=with_objects) for one in stored))
    _write_lines(folder / TOMBSTONES, map(tombstones.facts, Tombstone.objects.order_by("at")))
    names = (database.file, OBJECTS, TOMBSTONES)
    manifest.write(
        folder,
        Manifest(
            made_at=at.isoformat(),
            vendor=connection.vendor,
            versions={"python": platform.python_version(), "django": django.get_version()},
            migrations=migrations,
            tables=tables,
            files={name: manifest.sha256(folder / name) for name in names},
            has_objects=with_objects,
        ),
    )


def _listed(stored: dict[str, object], folder: Path, *, with_objects: bool) -> dict[str, object]:
    """The object's line. One that went meanwhile is listed and not copied: its owner has deleted it."""
    if not with_objects:
        return {**stored, "is_copied": False}
    key = str(stored["key"])
    path = folder / COPIES / key
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with storage.open_object(key) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except storage.ObjectMissing:
        return {**stored, "is_copied": False}
    return {**stored, "is_copied": True}


def _write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
