"""Scenes as files."""

from collections.abc import Iterable, Iterator

import numpy as np

from generations.lineart.archive import Array, Arrays, Format, are_parts, damage_refused, pack, unpack
from generations.lineart.arrays import Points
from generations.lineart.errors import DrawingFileError
from generations.scenes.outlines import Shape, Stroke
from generations.scenes.scene import Figure, Scene

STEPS = 100  # points lie on a grid of 1/100 unit
STROKE, DOT, PATCH, COVER = range(4)
FORMAT = Format(
    "scribblemachine scene",
    {
        1: {
            "points": np.int32,
            "starts": np.int32,  # of each line in points, and their number
            "figures": np.int32,  # of each line
            "kinds": np.uint8,
            "closed": np.bool_,
            "inner": np.bool_,
            "smooth": np.bool_,
        }
    },
)
Row = tuple[int, int, bool, bool, bool, Points]


def on_grid(shape: Shape) -> Shape:
    """The shape as its file keeps it."""
    return shape.mapped(lambda points: np.rint(points * STEPS) / STEPS)


def dump_scene(scene: Scene) -> bytes:
    """The scene as a file; the same scene gives the same bytes."""
    rows = [row for number, figure in enumerate(scene.figures) for row in _rows(number, figure.shape)]
    numbers, kinds, closed, inner, smooth, lines = zip(*rows, strict=True)
    arrays: Arrays = {
        "points": np.rint(np.concatenate(lines) * STEPS),
        "starts": np.cumsum([0, *map(len, lines)]),
        "figures": np.array(numbers),
        "kinds": np.array(kinds),
        "closed": np.array(closed),
        "inner": np.array(inner),
        "smooth": np.array(smooth),
    }
    facts = {"width": scene.width, "height": scene.height, "roles": [one.role for one in scene.figures]}
    return pack(FORMAT, facts, arrays)


def _rows(number: int, shape: Shape) -> Iterator[Row]:
    for stroke in shape.strokes:
        yield number, STROKE, stroke.closed, stroke.inner, stroke.smooth, stroke.points
    for kind, outlines in ((DOT, shape.dots), (PATCH, shape.patches), (COVER, shape.covers)):
        for outline in outlines:
            yield number, kind, True, False, True, outline


def load_scene(data: bytes) -> Scene:
    """The scene in these bytes. Raises DrawingFileError when they are no file of a scene of a known version."""
    header, arrays = unpack(FORMAT, data)
    with damage_refused():
        _require_whole(arrays)
        points = np.split(arrays["points"].astype(np.float64) / STEPS, arrays["starts"][1:-1])
        flags = (arrays[name].tolist() for name in ("figures", "kinds", "closed", "inner", "smooth"))
        rows: list[Row] = list(zip(*flags, points, strict=True))
        figures = [
            Figure(_shape(row for row in rows if row[0] == number), str(role))
            for number, role in enumerate(header["roles"])
        ]
        return Scene(float(header["width"]), float(header["height"]), tuple(figures))


def _shape(rows: Iterable[Row]) -> Shape:
    strokes: list[Stroke] = []
    outlines: dict[int, list[Points]] = {DOT: [], PATCH: [], COVER: []}
    for _number, kind, closed, inner, smooth, points in rows:
        if kind == STROKE:
            strokes.append(Stroke(points, closed, inner, smooth))
        else:
            outlines[kind].append(points)
    return Shape(tuple(strokes), *(tuple(outlines[kind]) for kind in (DOT, PATCH, COVER)))


def _require_whole(arrays: Arrays) -> None:
    """Raise DrawingFileError unless the arrays fit each other and no line is empty."""
    points, starts = arrays["points"], arrays["starts"]
    each: list[Array] = [arrays[name] for name in ("figures", "kinds", "closed", "inner", "smooth")]
    fits = points.ndim == 2 and points.shape[1] == 2 and are_parts(starts, len(points))
    if not fits or (np.diff(starts) < 1).any() or any(array.shape != (len(starts) - 1,) for array in each):
        raise DrawingFileError("This drawing file is damaged.")
