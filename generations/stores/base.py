"""What we ask of a store besides Django's own `Storage`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Form:
    """A form for a browser to send: POST `fields` and then the file, named "file", to `url`."""

    url: str
    fields: Mapping[str, str]


class Store(Protocol):
    """A store's own ways; times in seconds, sizes in bytes."""

    def beginning(self, name: str, most: int) -> bytes:
        """The first bytes of an object, at most `most` of them. Raises FileNotFoundError."""

    def every_object(self) -> Iterator[tuple[str, datetime]]:
        """The name of every object and when it was written, with its time zone."""

    def upload_form(self, name: str, *, content_type: str, most: int, lasts: int) -> Form | None:
        """Lets a browser write one object of this type and at most this size; None when all bytes come through us."""

    def download_url(self, name: str, *, filename: str, content_type: str) -> str | None:
        """Where a browser may fetch the object for a few minutes; None when all bytes go through us."""
