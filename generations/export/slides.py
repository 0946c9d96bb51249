"""The pictures of a set as a ZIP: PNGs in the chosen ratio, 1080 px wide, and their words as text."""

import io
import zipfile
from collections.abc import Callable
from typing import IO

import numpy as np
from PIL import Image

from config.errors import AppError
from generations import storage
from generations.book import Page, captions_of, pages_of_book
from generations.finishing import drawing_of, lay_out
from generations.lineart import Sheet
from generations.lineart.page import MM_PER_INCH
from generations.lineart.raster import ink
from generations.models import Job, Render
from generations.modes.picture import shape_of
from generations.serving import file_name
from generations.sources import finish_of, picture_behind

WIDTH_PX = 1080
MOST_ENLARGED = 1.5
SHEET_MM, MARGIN_MM = 190.0, 4.0  # about as wide as on paper, so that lines are as thick
FINER = 2  # times as many px first: the edges of lines become soft


def write_slides(job: Job, file: IO[bytes], on_progress: Callable[[int], None]) -> list[Render]:
    """Writes the ZIP and tells which pictures are in it; what is no longer kept is left out.

    Raises AppError GONE when nothing is left, StorageError.
    """
    pages, inside = pages_of_book(job), list[Render]()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, page in enumerate(pages):
            if picture := _slide(page):
                archive.writestr(f"{number + 1:02}-{file_name(page.first.title)}.png", _png(picture))
                inside.append(page.shown)  # type: ignore[arg-type]
            on_progress(100 * (number + 1) // (len(pages) + 1))
        archive.writestr("captions.txt", captions_of(job, pages))
    if not inside:
        raise AppError("GONE", "no picture of this set is kept")
    return inside


def _slide(page: Page) -> Image.Image | None:
    render = page.shown
    assert render
    finish = finish_of(render)
    shape = shape_of(render.params, finish, None)
    try:
        return _lines(render, shape) if finish == "line_art" else _colours(render, shape)
    except AppError as error:
        if error.code != "GONE":
            raise
        return None


def _lines(render: Render, shape: float) -> Image.Image:
    """The page laid out anew on a sheet of this shape: its lines are vectors."""
    sheet = Sheet(SHEET_MM, SHEET_MM / shape, MARGIN_MM)
    black = ink(lay_out(drawing_of(render), render.params, sheet), FINER * WIDTH_PX / SHEET_MM * MM_PER_INCH)
    fine = Image.fromarray(np.where(black, 0, 255).astype(np.uint8))
    return fine.resize(_size(WIDTH_PX, shape), Image.Resampling.LANCZOS)


def _colours(render: Render, shape: float) -> Image.Image:
    """The picture fitted on white, nothing cropped, and never much larger than it is. Raises AppError GONE."""
    asset = picture_behind(render)
    if asset is None:
        raise AppError("GONE", "this picture is no longer kept")
    with Image.open(io.BytesIO(storage.read(asset.storage_key))) as picture:
        width = min(WIDTH_PX, round(picture.width * MOST_ENLARGED))
        size = _size(width, shape)
        scale = min(size[0] / picture.width, size[1] / picture.height)
        fitted = picture.convert("RGB").resize((round(picture.width * scale), round(picture.height * scale)))
    canvas = Image.new("RGB", size, "white")
    canvas.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
    return canvas


def _size(width: int, shape: float) -> tuple[int, int]:
    return width, round(width / shape)


def _png(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
