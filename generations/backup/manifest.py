"""What a backup says of itself, and whether that is so."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MANIFEST, OBJECTS, TOMBSTONES, COPIES = "manifest.json", "objects.jsonl", "tombstones.jsonl", "objects"
FORMAT = 1


class BackupError(Exception):
    """A backup that cannot be made, or must not be restored; the words say why."""


@dataclass(frozen=True)
class Manifest:
    """`files` are SHA-256 by name, `tables` rows by table, `migrations` the names of all that were applied."""

    made_at: str
    vendor: str
    versions: dict[str, str]
    migrations: list[str]
    tables: dict[str, int]
    files: dict[str, str]
    has_objects: bool
    format: int = FORMAT

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def write(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")


def read(folder: Path) -> Manifest:
    """The manifest of a whole and undamaged backup. Raises BackupError for anything else."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder} is no backup: its {MANIFEST} cannot be read.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"This backup has format {manifest.format}; this version reads {FORMAT}.")
    damaged = _damaged_files(folder, manifest) or _damaged_copies(folder)
    if damaged:
        raise BackupError(f"This backup is damaged: {', '.join(damaged[:10])}")
    return manifest


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open() as file:
        yield from map(json.loads, file)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    return [name for name, digest in manifest.files.items() if not _is(folder / name, digest)]


def _damaged_copies(folder: Path) -> list[str]:
    """Of the copied objects; their list itself is undamaged."""
    copied = (line for line in lines(folder / OBJECTS) if line["is_copied"])
    return [line["key"] for line in copied if not _is(folder / COPIES / line["key"], line["sha256"])]


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and sha256(path) == digest
