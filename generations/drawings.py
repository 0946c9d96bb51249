"""The kinds of drawing that pages are laid out from, by the format that their files name. A new kind is a line here."""

from collections.abc import Callable

from generations.lineart import DrawingFileError, Layable, drawing_file
from generations.lineart.archive import format_of
from generations.lineart.finish import lines
from generations.scenes import scene_file

LOADERS: dict[str, Callable[[bytes], Layable]] = {
    drawing_file.FORMAT.name: drawing_file.load_drawing,
    lines.FORMAT.name: lines.load_lines,
    scene_file.FORMAT.name: scene_file.load_scene,
}


def load_drawing(data: bytes) -> Layable:
    """The drawing in a file of any kind. Raises DrawingFileError for what is none of a known kind and version."""
    load = LOADERS.get(format_of(data))
    if load is None:
        raise DrawingFileError("This is not a drawing file.")
    return load(data)
