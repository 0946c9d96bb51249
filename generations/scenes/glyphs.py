"""The glyphs as outlines, from `data/glyphs.zip`: traced from Noto Emoji (SIL Open Font License, `data/OFL.txt`)."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from generations.lineart.archive import Array, Arrays, Format, pack, unpack
from generations.lineart.arrays import Points
from generations.scenes.outlines import Shape, Stroke
from generations.scenes.things import DATA

GLYPHS_FILE = DATA / "glyphs.zip"
PX_PER_EM = 1024
HALF_LINE = 8.0  # px: half the width of a line of the light font
STROKE, INNER_STROKE, DOT, PATCH, COVER = range(5)
FORMAT = Format(
    "scribblemachine glyphs",
    {1: {"points": np.int16, "starts": np.int32, "kinds": np.uint8, "closed": np.bool_, "glyphs": np.int32}},
)


def glyph_shape(character: str) -> Shape:
    """The outlines of a glyph in em: its middle is x = 0, its lowest point y = 0. KeyError for an unknown one."""
    shape = _shapes()[character].scaled(1 / PX_PER_EM)
    box = shape.box()
    return shape.moved(-(box.left + box.right) / 2, -box.bottom)


def dump_glyphs(shapes: Mapping[str, Shape]) -> bytes:
    """A file of shapes in px."""
    parts = [(number, *part) for number, shape in enumerate(shapes.values()) for part in _parts(shape)]
    lines = [np.round(line) for _number, _kind, _closed, line in parts]
    arrays: Arrays = {
        "points": np.concatenate(lines),
        "starts": np.cumsum([0, *map(len, lines)]),
        "kinds": np.array([kind for _number, kind, _closed, _line in parts]),
        "closed": np.array([closed for _number, _kind, closed, _line in parts]),
        "glyphs": np.array([number for number, _kind, _closed, _line in parts]),
    }
    return pack(FORMAT, {"characters": list(shapes)}, arrays)


def _parts(shape: Shape) -> Iterable[tuple[int, bool, Points]]:
    for stroke in shape.strokes:
        yield INNER_STROKE if stroke.inner else STROKE, stroke.closed, stroke.points
    for kind, outlines in ((DOT, shape.dots), (PATCH, shape.patches), (COVER, shape.covers)):
        for outline in outlines:
            yield kind, True, outline


@cache
def _shapes() -> dict[str, Shape]:
    header, arrays = unpack(FORMAT, GLYPHS_FILE.read_bytes())
    points = np.split(arrays["points"].astype(np.float64), arrays["starts"][1:-1])
    numbers: Array = arrays["glyphs"]
    bounds = np.searchsorted(numbers, np.arange(len(header["characters"]) + 1))
    spans = zip(header["characters"], bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    kinds, closed = arrays["kinds"].tolist(), arrays["closed"].tolist()
    return {
        character: _shape(points[start:end], kinds[start:end], closed[start:end])
        for character, start, end in spans
    }


def _shape(lines: list[Points], kinds: list[int], closed: list[bool]) -> Shape:
    strokes = [
        Stroke(line, is_closed, inner=kind == INNER_STROKE)
        for line, kind, is_closed in zip(lines, kinds, closed, strict=True)
        if kind in (STROKE, INNER_STROKE)
    ]
    outlines = [
        tuple(line for line, k in zip(lines, kinds, strict=True) if k == kind) for kind in (DOT, PATCH, COVER)
    ]
    dots, patches, covers = outlines
    return Shape(tuple(strokes), dots, tuple(grown(patch, HALF_LINE) for patch in patches), covers)


def grown(outline: Points, by: float) -> Points:
    """A closed outline moved outwards: patches were traced inside the line around them, and are to reach its middle."""
    along = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    along /= np.maximum(np.hypot(along[:, :1], along[:, 1:]), 1e-6)
    out = np.stack([along[:, 1], -along[:, 0]], axis=1)
    following = np.roll(outline, -1, axis=0)
    turn = float((outline[:, 0] * following[:, 1] - following[:, 0] * outline[:, 1]).sum())
    return np.asarray(outline + np.sign(turn) * by * out, np.float64)
