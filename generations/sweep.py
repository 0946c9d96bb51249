"""Objects without rows and rows without objects: found, and the orphans removed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from accounts import tombstones
from generations import storage
from generations.models import Asset

GRACE = timedelta(hours=1)  # objects are written before their rows
BATCH = 500


@dataclass
class Findings:
    """Keys of objects that no row names, and ids of rows whose object is gone."""

    orphans: list[str] = field(default_factory=list)
    hollow: list[str] = field(default_factory=list)


def look(*, at: datetime) -> Findings:
    """Compares store and rows both ways; what is younger than an hour is left alone."""
    old = [key for key in _keys_of_rows() if default_storage.get_modified_time(key) < at - GRACE]
    findings = Findings()
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        known = set(Asset.objects.filter(storage_key__in=batch).values_list("storage_key", flat=True))
        findings.orphans += [key for key in batch if key not in known]
    rows = Asset.objects.filter(created_at__lt=at - GRACE).values_list("pk", "storage_key")
    findings.hollow = [str(pk) for pk, key in rows.iterator() if not default_storage.exists(key)]
    return findings


def remove_orphans(findings: Findings) -> int:
    """Deletes the objects that no row names. Raises StorageError."""
    for key in findings.orphans:
        storage.delete(key)
    return len(findings.orphans)


def forget_hollow(findings: Findings) -> int:
    """Deletes the rows whose object is gone, for instance deleted after the backup that brought the row back."""
    rows = Asset.objects.filter(pk__in=findings.hollow)
    gone = [asset.pk for asset in rows if not default_storage.exists(asset.storage_key)]
    return Asset.objects.filter(pk__in=gone).delete()[1].get(Asset._meta.label, 0)


def _keys_of_rows() -> Iterator[str]:
    """Keys of objects that a row should name: tombstones lie in the store because rows can be restored."""
    return (key for key in stored_keys() if not key.startswith(f"{tombstones.FOLDER}/"))


def stored_keys(folder: str = "") -> Iterator[str]:
    """Every key in the store."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from stored_keys(f"{prefix}{name}")
