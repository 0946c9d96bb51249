"""Our own pages as providers' models would send them: soft, tinted, shaded, noisy, with gaps and specks, by other pens."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.lineart import Page, PrintRaster, print_raster
from generations.lineart.page import MM_PER_INCH
from generations.lineart.raster import ink

Raster = NDArray[np.uint8]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


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


def as_webp(raster: Raster, quality: int = 45) -> Raster:
    buffer = io.BytesIO()
    Image.fromarray(raster).save(buffer, "WEBP", quality=quality, method=0)
    return np.asarray(Image.open(buffer).convert("RGB"))


def washed(raster: Raster, depth: float = 0.06, seed: int = 6) -> Raster:
    """Faint grey clouds, as where a model began to shade."""
    clouds = 1 - depth * np.clip(_smooth_noise(raster.shape[:2], 70, seed), 0, 1)
    return (raster * clouds[..., None]).astype(np.uint8)


def shaded(raster: Raster, depth: float = 0.12) -> Raster:
    """A soft shadow across tinted paper."""
    rows, columns = np.indices(raster.shape[:2], np.float32) / max(raster.shape)
    light = 1 - depth * (0.5 + 0.5 * np.sin(5 * columns + 3 * rows))
    return (raster * light[..., None] * np.array([1.0, 0.98, 0.93])).astype(np.uint8)


def on_cream(raster: Raster) -> Raster:
    """Warm paper that darkens towards the corners."""
    height, width = raster.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = (1 - 0.13 * np.clip(x**2 + y**2 - 0.4, 0, None))[..., None]
    return np.clip(raster * light * np.array([0.99, 0.955, 0.87]), 0, 255).astype(np.uint8)


def with_gaps(raster: Raster, count: int = 40, width_px: int = 8, seed: int = 1) -> Raster:
    """White breaks across lines."""
    broken, random = raster.copy(), np.random.default_rng(seed)
    rows, columns = np.nonzero(raster[20:-20, 20:-20, 0] < 60)
    for place in random.choice(len(rows), count):
        cv2.circle(broken, (int(columns[place]) + 20, int(rows[place]) + 20), width_px // 2, WHITE, -1)
    return broken


def with_specks(raster: Raster, count: int = 60, seed: int = 2) -> Raster:
    spotted, random = raster.copy(), np.random.default_rng(seed)
    for x, y in random.integers(5, np.array(raster.shape[1::-1]) - 5, (count, 2)):
        cv2.circle(spotted, (int(x), int(y)), 1, (30,) * 3, -1)
    return spotted


def with_watermark(raster: Raster) -> Raster:
    """Pale letters all over the picture."""
    marked = raster.copy()
    for row in range(60, raster.shape[0], 160):
        cv2.putText(marked, "sample  sample  sample", (20, row), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (215,) * 3, 3)
    return np.minimum(marked, raster)


def brushed(raster: Raster, swing_px: float = 1.6, seed: int = 3) -> Raster:
    """The lines as a brush draws them: swelling and thinning by up to `swing_px` on either side."""
    ink = raster[..., 0] < 128
    inside = cv2.distanceTransform(ink.view(np.uint8), cv2.DIST_L2, 5)
    outside = cv2.distanceTransform((~ink).view(np.uint8), cv2.DIST_L2, 5)
    swing = _smooth_noise(ink.shape, 24, seed) * swing_px
    soft = np.clip(0.5 - (inside - outside + swing), 0, 1) * 255
    return np.repeat(soft.astype(np.uint8)[..., None], 3, axis=2)


def doubled(raster: Raster, reach_px: float = 6.0, seed: int = 4) -> Raster:
    """Every line drawn twice by a loose hand, up to `reach_px` apart."""
    y, x = np.indices(raster.shape[:2], np.float32)
    off = [_smooth_noise(raster.shape[:2], 60, seed + axis) * reach_px for axis in (0, 1)]
    again = cv2.remap(raster, x + off[0], y + off[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.minimum(raster, again)


def _smooth_noise(shape: tuple[int, ...], sigma: float, seed: int) -> NDArray[np.float32]:
    """Soft hills and valleys between about -1 and 1."""
    noise = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    hills = cv2.GaussianBlur(noise, (0, 0), sigma)
    return np.asarray(np.clip(hills / (2 * hills.std()), -1, 1), np.float32)


def with_black_hair(raster: Raster, share: float = 0.02) -> Raster:
    """The smallest white field that covers at least `share` of the picture filled black."""
    white = (raster[..., 0] > 128).view(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
    sizes = np.where(stats[:, cv2.CC_STAT_AREA] >= share * white.size, stats[:, cv2.CC_STAT_AREA], white.size)
    sizes[0] = white.size
    filled = raster.copy()
    filled[cv2.dilate((labels == sizes.argmin()).view(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    return filled


def as_sent(page: Page) -> Raster:
    """Much of it at once."""
    return as_jpeg(shaded(blurred(with_specks(with_gaps(as_raster(page))))))


LOOKS: dict[str, Callable[[Raster], Raster]] = {
    "soft and tinted": lambda raster: as_jpeg(on_cream(blurred(raster)), 85),
    "shaded with gaps": lambda raster: as_jpeg(shaded(blurred(with_specks(with_gaps(raster))))),
    "brush": lambda raster: as_jpeg(blurred(brushed(raster), 0.7), 85),
    "double lines": lambda raster: as_jpeg(blurred(doubled(raster), 0.7), 85),
    "faint shading": lambda raster: as_webp(washed(on_cream(blurred(raster)))),
    "watermark": lambda raster: as_jpeg(blurred(with_watermark(raster), 0.7), 85),
    "black hair": lambda raster: as_jpeg(on_cream(blurred(with_black_hair(raster), 0.7)), 85),
}
