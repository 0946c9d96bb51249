"""A folder on this machine's disk, or one that all machines share."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import FileSystemStorage

from generations.stores.base import Form


class FolderStore(FileSystemStorage):
    """Never served by path: what goes in and out goes through us."""

    def beginning(self, name: str, most: int) -> bytes:
        with self.open(name) as file:
            return file.read(most)

    def every_object(self, folder: str = "") -> Iterator[tuple[str, datetime]]:
        try:
            folders, files = self.listdir(folder)
        except FileNotFoundError:  # nothing was ever stored
            return
        prefix = f"{folder}/" if folder else ""
        for name in files:
            yield prefix + name, self.get_modified_time(prefix + name)
        for name in folders:
            yield from self.every_object(prefix + name)

    def upload_form(self, name: str, *, content_type: str, most: int, lasts: int) -> Form | None:
        return None

    def download_url(self, name: str, *, filename: str, content_type: str) -> str | None:
        return None
