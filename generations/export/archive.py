"""Writes somebody's archive: index.html to read, data/ for programs, photos/ and pictures/ as they are stored.

Nothing is held in memory but one piece of one file.
"""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch
from django.template.loader import render_to_string

from accounts.models import User
from accounts.open_sessions import sessions_of
from credits.models import CreditAccount, CreditEvent
from generations import storage
from generations.export.tables import TABLES, name_of, rows_of
from generations.models import Asset, Job, Render

FOLDERS: dict[str, str] = {
    Asset.Kind.ORIGINAL: "photos",
    Asset.Kind.FRAMED: "photos",
    Asset.Kind.PDF: "pdf",
}
LEFT_OUT = (Asset.Kind.EXPORT,)
PIECE = 1024 * 1024  # bytes
COMPRESSED = (".svg",)  # the other formats are compressed already

OnProgress = Callable[[int], None]


def write_archive(user: User, file: IO[bytes], on_progress: OnProgress) -> None:
    """Writes the ZIP; `on_progress` is told 0 to 100 and may raise to stop it. Raises StorageError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        missing = _write_files(archive, user, on_progress)
        for model in TABLES:
            _write_json(archive, name_of(model), rows_of(model, user))
        _write_json(archive, "sessions", ({"until": session.expire_date} for session in sessions_of(user)))
        archive.writestr("index.html", _index(user, missing))


def path_of(asset: Asset) -> str:
    """Where a file lies in the archive: "photos/<id>.jpg", "pictures/<render>/svg.svg"."""
    ending = asset.storage_key.rpartition(".")[2]
    if asset.render_id is None:
        return f"{FOLDERS.get(asset.kind, asset.kind)}/{asset.pk}.{ending}"
    return f"pictures/{asset.render_id}/{asset.kind}.{ending}"


def _write_files(archive: zipfile.ZipFile, user: User, on_progress: OnProgress) -> set[str]:
    """Every stored file; the paths of those that went while we wrote."""
    assets = Asset.objects.owned_by(user).exclude(kind__in=LEFT_OUT).order_by("pk")
    total, missing = assets.count() or 1, set()
    for number, asset in enumerate(assets.iterator(chunk_size=500)):
        on_progress(100 * number // total)
        if not _write_file(archive, asset):
            missing.add(path_of(asset))
    return missing


def _write_file(archive: zipfile.ZipFile, asset: Asset) -> bool:
    try:
        stored = storage.open_object(asset.storage_key)
    except storage.ObjectMissing:  # deleted meanwhile
        return False
    entry = zipfile.ZipInfo(path_of(asset), asset.created_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED if entry.filename.endswith(COMPRESSED) else zipfile.ZIP_STORED
    with stored, archive.open(entry, "w", force_zip64=True) as copy:
        shutil.copyfileobj(stored, copy, PIECE)
    return True


def _write_json(archive: zipfile.ZipFile, name: str, rows: Iterator[dict[str, object]]) -> None:
    """One list of objects, row by row."""
    with archive.open(f"data/{name}.json", "w", force_zip64=True) as file:
        file.write(b"[")
        for number, row in enumerate(rows):
            line = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
            file.write((",\n" if number else "\n").encode() + line.encode())
        file.write(b"\n]\n")


def _index(user: User, missing: set[str]) -> str:
    pictures = Render.objects.delivered().prefetch_related("assets")
    photos = Asset.objects.photos()
    jobs = Job.objects.owned_by(user).newest_first()
    context = {
        "user": user,
        "balance": CreditAccount.objects.balance_of(user),
        "jobs": [
            _Entry(job, missing)
            for job in jobs.prefetch_related(
                Prefetch("renders", pictures, to_attr="pictures"),
                Prefetch("inputs", photos, to_attr="photos"),
            )
        ],
        "events": CreditEvent.objects.filter(account__user=user),
        "tables": [*map(name_of, TABLES), "sessions"],
    }
    return render_to_string("export/index.html", context)


class _Entry:
    """A job with the paths of its files, as the index shows it."""

    def __init__(self, job: Job, missing: set[str]) -> None:
        self.job = job
        self.photos = [path for photo in job.photos if (path := path_of(photo)) not in missing]  # type: ignore[attr-defined]
        self.pictures = [self._files(render, missing) for render in job.pictures]  # type: ignore[attr-defined]

    @staticmethod
    def _files(render: Render, missing: set[str]) -> dict[str, object]:
        paths = {asset.kind: path_of(asset) for asset in render.assets.all()}
        return {"render": render, **{kind: path for kind, path in paths.items() if path not in missing}}
