"""Photos from the disk, for commands that draw without the site."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener


class PhotoFileError(Exception):
    """A file that is no photo; the message says which and why."""


def read_photo(path: Path) -> NDArray[np.uint8]:
    """The photo upright as RGB (H,W,3), transparent parts white."""
    register_heif_opener()
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoFileError(f"{path} cannot be read as a photo: {error}") from error
    paper = Image.new("RGBA", upright.size, "white")
    return np.asarray(Image.alpha_composite(paper, upright).convert("RGB"))
