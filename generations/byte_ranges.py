"""Parts of a file, as PDF viewers and broken-off downloads ask for them (RFC 9110, section 14)."""

import re
from typing import IO

from django.http import HttpRequest

_FROM = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?$")
_LAST = re.compile(r"bytes=-(\d{1,18})$")


class Unsatisfiable(Exception):  # the RFC's word
    """The part lies behind the end of the file."""


class Part:
    """A file of which only `length` bytes from `first` on can be read."""

    def __init__(self, file: IO[bytes], first: int, length: int) -> None:
        file.seek(first)
        self._file, self._left = file, length

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()


def asked_range(request: HttpRequest, *, size: int, etag: str) -> tuple[int, int] | None:
    """The first and the last byte that are asked for, or None for the whole file of `size` bytes.

    Several ranges at once are answered with the whole file, as is a range of what the file used to be. Raises
    Unsatisfiable.
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    asked = _bounds(request.headers.get("Range", ""), size)
    if asked and not asked[0] < size:
        raise Unsatisfiable
    return asked


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    if found := _LAST.match(header):
        return max(0, size - int(found[1])), size - 1
    if found := _FROM.match(header):
        first = int(found[1])
        last = int(found[2]) if found[2] else max(first, size)
        return (first, min(last, size - 1)) if first <= last else None
    return None
