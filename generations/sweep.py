"""Objects without rows and rows without objects: found, and the orphans removed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts import tombstones
from generations import storage
from generations.models import Asset, Upload

GRACE = timedelta(hours=1)  # objects are written before their rows
BATCH = 500


@dataclass
class Findings:
    """Keys of objects that no row names, and ids of rows whose object is gone."""

    orphans: list[str] = field(default_factory=list)
    hollow: list[str] = field(default_factory=list)


def look(*, at: datetime) -> Findings:
    """Compares store and rows both ways; what is younger than an hour is left alone."""
    written = {key: when for key, when in storage.every_object() if not _is_tombstone(key)}
    old = [key for key, when in written.items() if when < at - GRACE]
    findings = Findings()
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        known = _known(batch)
        findings.orphans += [key for key in batch if key not in known]
    rows = Asset.objects.filter(created_at__lt=at - GRACE).values_list("pk", "storage_key")
    unseen = ((pk, key) for pk, key in rows.iterator() if key not in written)
    findings.hollow = [str(pk) for pk, key in unseen if not storage.is_there(key)]
    return findings


def _known(keys: list[str]) -> set[str]:
    """Those that a row names: of a file, or of a photo on its way."""
    return {
        key
        for model in (Asset, Upload)
        for key in model.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True)
    }


def remove_orphans(findings: Findings) -> int:
    """Deletes the objects that no row names. Raises StorageError."""
    for key in findings.orphans:
        storage.delete(key)
    return len(findings.orphans)


def forget_hollow(findings: Findings) -> int:
    """Deletes the rows whose object is gone, for instance deleted after the backup that brought the row back."""
    rows = Asset.objects.filter(pk__in=findings.hollow)
    gone = [asset.pk for asset in rows if not storage.is_there(asset.storage_key)]
    return Asset.objects.filter(pk__in=gone).delete()[1].get(Asset._meta.label, 0)


def _is_tombstone(key: str) -> bool:
    """Tombstones lie in the store because rows can be restored."""
    return key.startswith(f"{tombstones.FOLDER}/")
