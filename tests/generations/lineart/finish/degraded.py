"""Our own pages as a provider's model would send them: soft, tinted, shaded, noisy, with gaps and specks."""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.lineart import Page, PrintRaster, print_raster
from generations.lineart.page import MM_PER_INCH
from generations.lineart.raster import ink

Raster = NDArray[np.uint8]


def as_raster(page: Page, long_edge_px: int = 1024) -> Raster:
    """The page's picture with soft edges and without margins, (H,W,3)."""
    factor = long_edge_px / max(page.picture.width, page.picture.height)
    sheet_px = round(factor * max(page.sheet.width_mm, page.sheet.height_mm))
    whole = PrintRaster(ink(page, 2 * factor * MM_PER_INCH)).grey(sheet_px)
    box = [
        round(value * factor)
        for value in (page.picture.x, page.picture.y, page.picture.width, page.picture.height)
    ]
    return np.asarray(
        cv2.cvtColor(whole[box[1] : box[1] + box[3], box[0] : box[0] + box[2]], cv2.COLOR_GRAY2RGB), np.uint8
    )


def as_sheet(page: Page) -> Raster:
    """The print file, (H,W,3)."""
    return np.asarray(Image.open(io.BytesIO(print_raster(page).png())).convert("RGB"))


def blurred(raster: Raster, sigma: float = 0.9) -> Raster:
    return np.asarray(cv2.GaussianBlur(raster, (0, 0), sigma), np.uint8)


def as_jpeg(raster: Raster, quality: int = 70) -> Raster:
    buffer = io.BytesIO()
    Image.fromarray(raster).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


def shaded(raster: Raster, depth: float = 0.12) -> Raster:
    """A soft shadow across tinted paper."""
    rows, columns = np.indices(raster.shape[:2], np.float32) / max(raster.shape)
    light = 1 - depth * (0.5 + 0.5 * np.sin(5 * columns + 3 * rows))
    return (raster * light[..., None] * np.array([1.0, 0.98, 0.93])).astype(np.uint8)


def with_gaps(raster: Raster, count: int = 40, width_px: int = 8, seed: int = 1) -> Raster:
    """White breaks across lines."""
    broken, random = raster.copy(), np.random.default_rng(seed)
    rows, columns = np.nonzero(raster[20:-20, 20:-20, 0] < 60)
    for place in random.choice(len(rows), count):
        cv2.circle(broken, (int(columns[place]) + 20, int(rows[place]) + 20), width_px // 2, (255,) * 3, -1)
    return broken


def with_specks(raster: Raster, count: int = 60, seed: int = 2) -> Raster:
    spotted, random = raster.copy(), np.random.default_rng(seed)
    for x, y in random.integers(5, np.array(raster.shape[1::-1]) - 5, (count, 2)):
        cv2.circle(spotted, (int(x), int(y)), 1, (30,) * 3, -1)
    return spotted


def as_sent(page: Page) -> Raster:
    """All of it at once."""
    return as_jpeg(shaded(blurred(with_specks(with_gaps(as_raster(page))))))
