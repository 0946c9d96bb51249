"""Puts a backup in the place of the database, and makes sure that nobody comes back with it who was deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from accounts import tombstones
from accounts.closing import close_again
from accounts.models import SignInLink, Tombstone, User
from credits.invariants import rows, violations
from generations import invariants, sweep
from generations.backup import databases, manifest
from generations.backup.manifest import COPIES, OBJECTS, TOMBSTONES, BackupError, Manifest
from generations.models import Asset, Export

CHECKS = (
    violations,
    invariants.jobs_agree,
    invariants.tries_within_bounds,
)


@dataclass
class Restored:
    """What was done, and what does not hold."""

    rows: int = 0
    objects: int = 0
    deleted_again: int = 0
    hollow: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def restore_backup(folder: Path, *, is_forced: bool) -> Restored:
    """Restores a backup and says what became of it. Web and workers must be stopped.

    Raises BackupError before anything is changed, DatabaseError when the database refuses the copy.
    """
    said = manifest.read(folder)
    _check_fits(said)
    if not is_forced and _is_in_use():
        raise BackupError("There are people in this database. --force deletes what is in it.")
    stones = {stone.user_uuid: stone for stone in _known_stones(folder)}
    databases.current().load(folder / databases.current().file)
    missing = _missing_rows(said)
    call_command("migrate", interactive=False, verbosity=0)
    report = Restored(rows=sum(said.tables.values()), objects=_copy_objects(folder, said), problems=missing)
    tombstones.remember(stones.values())
    _end_what_was_going_on()
    _bury(report)
    _check(report)
    return report


def _check_fits(said: Manifest) -> None:
    if said.vendor != connection.vendor:
        raise BackupError(f"This backup is of {said.vendor}, and the database here is {connection.vendor}.")
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    newer = sorted(set(said.migrations) - known)
    if newer:
        raise BackupError(f"This backup is of a newer version: {', '.join(newer[:5])} is not known here.")


def _is_in_use() -> bool:
    present = databases.tables()
    return any(
        model._meta.db_table in present and model.objects.exists() for model in (User, Tombstone, Asset)
    )


def _known_stones(folder: Path) -> Iterator[Tombstone]:
    """From all three places: each may know of somebody the others do not."""
    yield from map(tombstones.from_facts, manifest.lines(folder / TOMBSTONES))
    yield from tombstones.in_store()
    if Tombstone._meta.db_table in databases.tables():
        yield from Tombstone.objects.all()


def _missing_rows(said: Manifest) -> list[str]:
    """Tables that came back with another number of rows than they left with."""
    return [
        f"{name} should have {count} rows"
        for name, count in said.tables.items()
        if rows(databases.count_of(name)) != [(count,)]
    ]


def _copy_objects(folder: Path, said: Manifest) -> int:
    """Puts back the copied objects that the store no longer has; how many."""
    if not said.has_objects:
        return 0
    keys = [line["key"] for line in manifest.lines(folder / OBJECTS) if line["is_copied"]]
    missing = [key for key in keys if not default_storage.exists(key)]
    for key in missing:
        with (folder / COPIES / key).open("rb") as copy:
            default_storage.save(key, File(copy))
    return len(missing)


def _end_what_was_going_on() -> None:
    """Whoever had signed out stays signed out, and mails that were answered sign nobody in a second time."""
    Session.objects.all().delete()
    SignInLink.objects.all().delete()
    Export.objects.filter(asset=None).delete()


def _bury(report: Restored) -> None:
    for stone in Tombstone.objects.all():
        tombstones.engrave(stone)
    report.deleted_again, left = close_again()
    report.problems += [f"{left} accounts are not deleted again: run apply_tombstones"] if left else []


def _check(report: Restored) -> None:
    report.problems += databases.current().damage()
    for check in CHECKS:
        report.problems += check()
    report.hollow = sweep.look(at=timezone.now() + sweep.GRACE).hollow
