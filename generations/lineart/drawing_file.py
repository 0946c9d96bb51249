"""Drawings as bytes: a zip of one JSON header and plain arrays. Versioned, deterministic, never pickle."""

import io
import json
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generations.lineart.blobs import Pupil
from generations.lineart.details import Traces
from generations.lineart.drawing import Drawing
from generations.lineart.errors import DrawingFileError
from generations.lineart.merge import MergeTree
from generations.lineart.settings import Complexity

VERSION = 1
FORMAT = "scribblemachine drawing"
HEADER = "drawing.json"
MOST_BYTES = 64_000_000  # of one unpacked member: ten times the largest drawing
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same drawing must give the same bytes
MALFORMED = (KeyError, TypeError, ValueError, IndexError, EOFError, OSError, NotImplementedError)
Array = NDArray[Any]

_DTYPES = {
    "labels": np.uint16,
    "colours": np.uint8,
    "merge_kept": np.int32,
    "merge_gone": np.int32,
    "merge_cost": np.float32,
    "strength": np.uint8,
    "detail_steps": np.int16,
    "detail_strength": np.uint8,
    "detail_starts": np.int32,
    "detail_feature": np.bool_,
    "spot_points": np.float64,
    "spot_starts": np.int32,
    "pupils": np.float64,
}


def dump_drawing(drawing: Drawing) -> bytes:
    """The drawing as a file of its own; the same drawing gives the same bytes."""
    header = {"format": FORMAT, "version": VERSION, "complexity": drawing.complexity.value}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(_member(HEADER), json.dumps(header, sort_keys=True))
        for name, array in _arrays(drawing).items():
            archive.writestr(_member(f"{name}.npy"), _npy(array))
    return buffer.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _npy(array: Array) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _arrays(drawing: Drawing) -> dict[str, Array]:
    details, merges = drawing.details, drawing.merges
    spots = np.concatenate([np.zeros((0, 2)), *drawing.spots])
    arrays: dict[str, Array] = {
        "labels": drawing.labels,
        "colours": drawing.colours,
        "merge_kept": merges.kept,
        "merge_gone": merges.gone,
        "merge_cost": merges.cost,
        "strength": drawing.strength,
        # Differences of neighbouring path pixels are -1, 0 or 1 and pack far better than positions.
        "detail_steps": np.diff(details.points, axis=0, prepend=np.zeros((1, 2), np.int16)),
        "detail_strength": details.strength,
        "detail_starts": details.starts,
        "detail_feature": details.feature,
        "spot_points": spots,
        "spot_starts": np.cumsum([0, *map(len, drawing.spots)]),
        "pupils": np.array([[p.x, p.y, p.radius] for p in drawing.pupils]).reshape(-1, 3),
    }
    return {name: array.astype(_DTYPES[name]) for name, array in arrays.items()}


def load_drawing(data: bytes) -> Drawing:
    """The drawing in these bytes. Raises DrawingFileError when they are no drawing file of a known version."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            complexity = _complexity(json.loads(_read(archive, HEADER)))
            arrays = {name: _array(archive, name) for name in _DTYPES}
        _require_whole(arrays)
        return _drawing(complexity, arrays)
    except (zipfile.BadZipFile, zlib.error, *MALFORMED) as error:
        raise DrawingFileError(f"This is not a drawing file: {error}.") from error


def _complexity(header: dict[str, Any]) -> Complexity:
    if header["format"] != FORMAT:
        raise DrawingFileError("This is not a drawing file.")
    if header["version"] != VERSION:
        raise DrawingFileError(f"This drawing file has the unknown version {header['version']}.")
    return Complexity(header["complexity"])


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise DrawingFileError("This drawing file is too large.")
    return archive.read(name)


def _array(archive: zipfile.ZipFile, name: str) -> Array:
    array: Array = np.load(io.BytesIO(_read(archive, f"{name}.npy")), allow_pickle=False)
    if array.dtype != _DTYPES[name]:
        raise DrawingFileError(f"This drawing file is damaged in its {name}.")
    return array


def _require_whole(arrays: dict[str, Array]) -> None:
    """Raise DrawingFileError unless the arrays fit each other, so that nothing fails later, half-way through a page."""
    height, width = arrays["labels"].shape
    count = len(arrays["colours"])
    shapes = {
        "colours": (count, 3),
        "merge_kept": (count - 1,),
        "merge_gone": (count - 1,),
        "merge_cost": (count - 1,),
        "strength": ((height + 1) // 2, (width + 1) // 2),
        "detail_steps": (len(arrays["detail_strength"]), 2),
        "detail_starts": (len(arrays["detail_feature"]) + 1,),
        "spot_points": (len(arrays["spot_points"]), 2),
        "pupils": (len(arrays["pupils"]), 3),
    }
    wrong = [name for name, shape in shapes.items() if arrays[name].shape != shape]
    wrong += [] if int(arrays["labels"].max()) < count else ["labels"]
    wrong += [] if _parts(arrays["detail_starts"], len(arrays["detail_strength"])) else ["detail_starts"]
    wrong += [] if _parts(arrays["spot_starts"], len(arrays["spot_points"])) else ["spot_starts"]
    if wrong:
        raise DrawingFileError(f"This drawing file is damaged in its {wrong[0]}.")


def _parts(starts: Array, total: int) -> bool:
    """Whether the starts divide `total` points into parts, in order and without gaps."""
    return bool(len(starts) > 0 and starts[0] == 0 and starts[-1] == total and (np.diff(starts) >= 0).all())


def _drawing(complexity: Complexity, arrays: dict[str, Array]) -> Drawing:
    starts = arrays["detail_starts"]
    points = np.cumsum(arrays["detail_steps"], axis=0, dtype=np.int16)
    return Drawing(
        complexity=complexity,
        labels=arrays["labels"].astype(np.int32),
        colours=arrays["colours"],
        merges=MergeTree(arrays["merge_kept"], arrays["merge_gone"], arrays["merge_cost"]),
        strength=arrays["strength"],
        details=Traces(points, arrays["detail_strength"], starts, arrays["detail_feature"]),
        spots=tuple(
            np.split(arrays["spot_points"], arrays["spot_starts"][1:-1]) if len(arrays["spot_points"]) else ()
        ),
        pupils=tuple(Pupil(*row) for row in arrays["pupils"].tolist()),
    )
