"""Contact sheets: photos beside the pages drawn from them, to be looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from generations.lineart.arrays import Bytes
from generations.lineart.compose import compose_page
from generations.lineart.drawing import Drawing
from generations.lineart.engine import draw_all
from generations.lineart.errors import LineArtError
from generations.lineart.page import Page, Paper, Sheet
from generations.lineart.raster import print_raster
from generations.lineart.settings import Complexity, LineThickness

CELL_PX = 480  # the longer side of a picture
GAP_PX = 8
CAPTION_PX = 18

Cell = Bytes | str  # a picture (H,W,3), or the words that stand in its place


@dataclass(frozen=True, eq=False)
class Row:
    """One photo's pictures from left to right, with the photo's name and the headings of the pictures."""

    name: str
    cells: Sequence[tuple[str, Cell]]


def row_of(name: str, photo: Bytes, cell_px: int = CELL_PX) -> Row:
    """The photo (H,W,3) and its page in every complexity, medium lines on A4; a refusal is shown in its words."""
    return Row(name, [("photo", _fitted(photo, cell_px)), *_pages(photo, cell_px)])


def _pages(photo: Bytes, cell_px: int) -> list[tuple[str, Cell]]:
    try:
        drawings = draw_all(photo)
    except LineArtError as error:
        return [(complexity.value, error.message) for complexity in Complexity]
    return [(complexity.value, _page_cell(drawing, cell_px)) for complexity, drawing in drawings.items()]


def _page_cell(drawing: Drawing, cell_px: int) -> Cell:
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    return picture_of(compose_page(drawing, LineThickness.MEDIUM, sheet), cell_px)


def picture_of(page: Page, cell_px: int) -> Bytes:
    """The page's picture with its frame, without the margins: (H,W,3), its longer side about `cell_px`."""
    box, sheet, rim = page.picture, page.sheet, page.strokes[0].width_mm / 2
    px_per_mm = cell_px / (max(box.width, box.height) + 2 * rim)
    whole = print_raster(page).grey(round(px_per_mm * max(sheet.width_mm, sheet.height_mm)))
    left, top = round((box.x - rim) * px_per_mm), round((box.y - rim) * px_per_mm)
    right, bottom = (
        round((box.x + box.width + rim) * px_per_mm),
        round((box.y + box.height + rim) * px_per_mm),
    )
    return np.asarray(cv2.cvtColor(whole[top:bottom, left:right], cv2.COLOR_GRAY2RGB), np.uint8)


def _fitted(photo: Bytes, cell_px: int) -> Bytes:
    factor = cell_px / max(photo.shape[:2])
    size = (max(1, round(photo.shape[1] * factor)), max(1, round(photo.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(photo, size, interpolation=way), np.uint8)


def contact_sheet(rows: Iterable[Row], cell_px: int = CELL_PX) -> Image.Image:
    """All rows under each other as one RGB image; a row is as high as its highest picture. At least one row."""
    strips = [_strip(row, cell_px) for row in rows]
    sheet = Image.new("RGB", (strips[0].width, sum(strip.height for strip in strips)), "white")
    top = 0
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    return sheet


def _strip(row: Row, cell_px: int) -> Image.Image:
    heights = [cell.shape[0] for _, cell in row.cells if not isinstance(cell, str)]
    step = cell_px + GAP_PX
    strip = Image.new("RGB", (step * len(row.cells), CAPTION_PX + max(heights) + GAP_PX), "white")
    pen, font = ImageDraw.Draw(strip), ImageFont.load_default(CAPTION_PX * 0.7)
    for number, (heading, cell) in enumerate(row.cells):
        left = step * number
        pen.text((left, 1), f"{row.name}: {heading}", "black", font)
        if isinstance(cell, str):
            pen.text((left, 3 * CAPTION_PX), cell, "black", font)
        else:
            strip.paste(Image.fromarray(cell), (left, CAPTION_PX))
    return strip
