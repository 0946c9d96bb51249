"""The kinds of drawing that pages are laid out from, with the format that their files name. A new kind is a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generations.lineart import DrawingFileError, Layable, drawing_file
from generations.lineart.archive import Format, format_of
from generations.lineart.finish import lines
from generations.lineart.photo_drawing import PhotoDrawing
from generations.scenes import scene_file
from generations.scenes.scene import Scene


@dataclass(frozen=True)
class Kind:
    """What its drawings are, and how they are written to files and read."""

    of: type[Layable]
    format: Format
    dump: Callable[[Any], bytes]
    load: Callable[[bytes], Layable]


KINDS = (
    Kind(PhotoDrawing, drawing_file.FORMAT, drawing_file.dump_drawing, drawing_file.load_drawing),
    Kind(lines.Lines, lines.FORMAT, lines.dump_lines, lines.load_lines),
    Kind(Scene, scene_file.FORMAT, scene_file.dump_scene, scene_file.load_scene),
)
BY_TYPE = {kind.of: kind for kind in KINDS}
BY_FORMAT = {kind.format.name: kind for kind in KINDS}


def dump_drawing(drawing: Layable) -> bytes:
    """The drawing as a file; the same drawing gives the same bytes."""
    return BY_TYPE[type(drawing)].dump(drawing)


def load_drawing(data: bytes) -> Layable:
    """The drawing in a file of any kind. Raises DrawingFileError for what is none of a known kind and version."""
    kind = BY_FORMAT.get(format_of(data))
    if kind is None:
        raise DrawingFileError("This is not a drawing file.")
    return kind.load(data)
