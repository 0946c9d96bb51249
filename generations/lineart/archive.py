"""Files of drawings: a zip of one JSON header and plain arrays. Versioned, deterministic, never pickle."""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generations.lineart.errors import DrawingFileError

HEADER = "drawing.json"
MOST_BYTES = 64_000_000  # of one unpacked member: ten times the largest drawing
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same drawing must give the same bytes
MALFORMED = (KeyError, TypeError, ValueError, IndexError, EOFError, OSError, NotImplementedError)
Array = NDArray[Any]
Arrays = dict[str, Array]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """A kind of drawing file: the arrays of each version with their types; the newest version is written."""

    name: str
    versions: Mapping[int, Mapping[str, type[np.generic]]]


def pack(form: Format, facts: Mapping[str, object], arrays: Mapping[str, Array]) -> bytes:
    """A file of this format with plain facts and arrays; the same values give the same bytes."""
    version = max(form.versions)
    header = {"format": form.name, "version": version, **facts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(_member(HEADER), json.dumps(header, sort_keys=True))
        for name, dtype in form.versions[version].items():
            archive.writestr(_member(f"{name}.npy"), _npy(arrays[name].astype(dtype)))
    return buffer.getvalue()


def unpack(form: Format, data: bytes) -> tuple[Facts, Arrays]:
    """The header and the arrays. Raises DrawingFileError for what is no file of this format in a known version."""
    with damage_refused(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        header: Facts = json.loads(_read(archive, HEADER))
        if header["format"] != form.name:
            raise DrawingFileError("This is not a drawing file.")
        if header["version"] not in form.versions:
            raise DrawingFileError(f"This drawing file has the unknown version {header['version']}.")
        dtypes = form.versions[header["version"]]
        return header, {name: _array(archive, name, dtype) for name, dtype in dtypes.items()}


def format_of(data: bytes) -> str:
    """The name of the format that these bytes say they have. Raises DrawingFileError when they say nothing."""
    with damage_refused(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return str(json.loads(_read(archive, HEADER))["format"])


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever a damaged file trips over becomes a DrawingFileError."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, *MALFORMED) as error:
        raise DrawingFileError(f"This is not a drawing file: {error}.") from error


def are_parts(starts: Array, total: int) -> bool:
    """Whether the starts divide `total` points into parts, in order and without gaps."""
    return bool(len(starts) > 0 and starts[0] == 0 and starts[-1] == total and (np.diff(starts) >= 0).all())


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _npy(array: Array) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise DrawingFileError("This drawing file is too large.")
    return archive.read(name)


def _array(archive: zipfile.ZipFile, name: str, dtype: type[np.generic]) -> Array:
    array: Array = np.load(io.BytesIO(_read(archive, f"{name}.npy")), allow_pickle=False)
    if array.dtype != dtype:
        raise DrawingFileError(f"This drawing file is damaged in its {name}.")
    return array
