"""Drawings of photos as files."""

import numpy as np

from generations.lineart.archive import Array, Arrays, Format, are_parts, damage_refused, pack, unpack
from generations.lineart.blobs import Pupil
from generations.lineart.details import Traces
from generations.lineart.drawing import Drawing
from generations.lineart.errors import DrawingFileError
from generations.lineart.merge import MergeTree
from generations.lineart.photo_drawing import PhotoDrawing
from generations.lineart.settings import Complexity

_FIRST: dict[str, type[np.generic]] = {
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
_SECOND = {**_FIRST, "subject": np.bool_}  # version 2 knows the subject
# Version 3 tells strong edges apart: it stores an eighth of a unit where the others stored a thirty-second.
FORMAT = Format("scribblemachine drawing", {1: _FIRST, 2: _SECOND, 3: _SECOND})
COARSER = 4


def dump_drawing(drawing: Drawing) -> bytes:
    """The drawing as a file of its own; the same drawing gives the same bytes."""
    return pack(FORMAT, {"complexity": drawing.complexity.value}, _arrays(drawing))


def _arrays(drawing: Drawing) -> Arrays:
    details, merges = drawing.details, drawing.merges
    spots = np.concatenate([np.zeros((0, 2)), *drawing.spots])
    return {
        "labels": drawing.labels,
        "colours": drawing.colours,
        "subject": drawing.subject,
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


def load_drawing(data: bytes) -> PhotoDrawing:
    """The drawing in these bytes. Raises DrawingFileError when they are no drawing file of a known version."""
    facts, arrays = unpack(FORMAT, data)
    with damage_refused():
        arrays.setdefault("subject", np.zeros(len(arrays["colours"]), np.bool_))
        arrays["strength"] //= COARSER if facts["version"] < 3 else 1
        _require_whole(arrays)
        return _drawing(Complexity(facts["complexity"]), arrays)


def _require_whole(arrays: Arrays) -> None:
    """Raise DrawingFileError unless the arrays fit each other, so that nothing fails later, half-way through a page."""
    height, width = arrays["labels"].shape
    count = len(arrays["colours"])
    shapes = {
        "colours": (count, 3),
        "subject": (count,),
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
    wrong += wrong or ([] if _is_tree(arrays["merge_kept"], arrays["merge_gone"]) else ["merge_gone"])
    wrong += [] if are_parts(arrays["detail_starts"], len(arrays["detail_strength"])) else ["detail_starts"]
    wrong += [] if are_parts(arrays["spot_starts"], len(arrays["spot_points"])) else ["spot_starts"]
    if wrong:
        raise DrawingFileError(f"This drawing file is damaged in its {wrong[0]}.")


def _is_tree(kept: Array, gone: Array) -> bool:
    """Whether every step joins two regions that are still there."""
    steps, regions = np.arange(len(gone)), np.arange(len(gone) + 1)
    gone_at = np.full(len(regions), len(gone))
    gone_at[gone] = steps
    is_known = np.isin(gone, regions).all() and np.isin(kept, regions).all()
    return bool(is_known and (gone_at[gone] == steps).all() and (gone_at[kept] > steps).all())


def _drawing(complexity: Complexity, arrays: Arrays) -> PhotoDrawing:
    starts = arrays["detail_starts"]
    points = np.cumsum(arrays["detail_steps"], axis=0, dtype=np.int16)
    return PhotoDrawing(
        complexity=complexity,
        labels=arrays["labels"].astype(np.int32),
        colours=arrays["colours"],
        subject=arrays["subject"],
        merges=MergeTree(arrays["merge_kept"], arrays["merge_gone"], arrays["merge_cost"]),
        strength=arrays["strength"],
        details=Traces(points, arrays["detail_strength"], starts, arrays["detail_feature"]),
        spots=tuple(
            np.split(arrays["spot_points"], arrays["spot_starts"][1:-1]) if len(arrays["spot_points"]) else ()
        ),
        pupils=tuple(Pupil(*row) for row in arrays["pupils"].tolist()),
    )
