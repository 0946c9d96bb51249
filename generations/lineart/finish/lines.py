"""The lines found on a raster, as a drawing of their own kind: any page of it, in any thickness, is laid out from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from generations.lineart.archive import Arrays, Format, are_parts, damage_refused, pack, unpack
from generations.lineart.arrays import Points
from generations.lineart.compose import completed, frame_of
from generations.lineart.errors import DrawingFileError
from generations.lineart.layable import Layable
from generations.lineart.look import WHOLE, Look
from generations.lineart.page import Line, Page, Rectangle, Sheet, Strokes
from generations.lineart.settings import DETAIL_WIDTH_RATIO, LineThickness

STEPS_PER_MM = 100  # points lie on a grid this fine: a fifth of what the eye sees on paper, and small files
OUTLINE, DETAIL, SOLID = range(3)
FORMAT = Format(
    "scribblemachine lines",
    {1: {"size": np.uint16, "points": np.uint16, "starts": np.int32, "closed": np.bool_, "kinds": np.uint8}},
)
Group = tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Lines(Layable):
    """Outlines, detail lines and filled solid parts in mm, on a picture of this size whose corner is 0, 0."""

    width_mm: float
    height_mm: float
    outlines: Group
    details: Group
    solids: Group

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width_mm / self.height_mm

    def compose(self, thickness: LineThickness, sheet: Sheet, look: Look = WHOLE) -> Page:
        """The lines as strokes of this thickness, fitted into the sheet."""
        width_mm = thickness.width_mm
        picture = sheet.place(self.aspect, inset_mm=width_mm / 2)
        outlines, details, solids = (
            tuple(_placed(line, picture, self) for line in group)
            for group in (self.outlines, self.details, self.solids)
        )
        strokes = (
            Strokes(width_mm, (*frame_of(picture, look), *outlines)),
            Strokes(round(width_mm * DETAIL_WIDTH_RATIO, 3), details),
        )
        return completed(Page(sheet, picture, strokes, solids), look)


def _placed(line: Line, picture: Rectangle, lines: Lines) -> Line:
    scale = np.array([picture.width / lines.width_mm, picture.height / lines.height_mm])
    return Line(line.points * scale + np.array([picture.x, picture.y]), line.closed)


def on_grid(points: Points) -> Points:
    """Points in mm moved to the grid that files keep."""
    return np.rint(points * STEPS_PER_MM) / STEPS_PER_MM


def dump_lines(lines: Lines) -> bytes:
    """The lines as a file of their own; the same lines give the same bytes."""
    groups = (lines.outlines, lines.details, lines.solids)
    every = [line for group in groups for line in group]
    arrays = {
        "size": on_grid(np.array([lines.width_mm, lines.height_mm])) * STEPS_PER_MM,
        "points": np.concatenate([np.zeros((0, 2)), *(line.points for line in every)]) * STEPS_PER_MM,
        "starts": np.cumsum([0, *(len(line.points) for line in every)]),
        "closed": np.array([line.closed for line in every]),
        "kinds": np.repeat([OUTLINE, DETAIL, SOLID], [len(group) for group in groups]),
    }
    return pack(FORMAT, {}, arrays | {name: np.rint(arrays[name]) for name in ("size", "points")})


def load_lines(data: bytes) -> Lines:
    """The lines in these bytes. Raises DrawingFileError when they are no file of lines of a known version."""
    _, arrays = unpack(FORMAT, data)
    with damage_refused():
        _require_whole(arrays)
        points = arrays["points"].astype(np.float64) / STEPS_PER_MM
        pieces = np.split(points, arrays["starts"][1:-1]) if len(arrays["kinds"]) else []
        lines = [Line(piece, bool(closed)) for piece, closed in zip(pieces, arrays["closed"], strict=True)]
        width_mm, height_mm = (arrays["size"] / STEPS_PER_MM).tolist()
        return Lines(width_mm, height_mm, *(_group(lines, arrays["kinds"], kind) for kind in range(3)))


def _group(lines: Sequence[Line], kinds: Iterable[int], kind: int) -> Group:
    return tuple(line for line, its in zip(lines, kinds, strict=True) if its == kind)


def _require_whole(arrays: Arrays) -> None:
    """Raise DrawingFileError unless the arrays fit each other and no line is empty or lies outside the picture."""
    count, total = len(arrays["kinds"]), len(arrays["points"])
    shapes = {
        "size": (2,),
        "points": (total, 2),
        "starts": (count + 1,),
        "closed": (count,),
        "kinds": (count,),
    }
    wrong = [name for name, shape in shapes.items() if arrays[name].shape != shape]
    wrong += (
        [] if are_parts(arrays["starts"], total) and (np.diff(arrays["starts"]) > 1).all() else ["starts"]
    )
    wrong += [] if (arrays["size"] > 0).all() and (arrays["points"] <= arrays["size"]).all() else ["points"]
    if wrong:
        raise DrawingFileError(f"This drawing file is damaged in its {wrong[0]}.")
