"""A page as pixels: the 1-bit print file, and small previews."""

import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, WebPImagePlugin  # noqa: F401 (registers WebP: else the first file loads every format)

from generations.lineart.arrays import Bytes, Mask, Points
from generations.lineart.curves import flatten_all
from generations.lineart.page import MM_PER_INCH, Line, Page, Strokes

PRINT_DPI = 300
HALF_DPI = PRINT_DPI // 2  # for what is measured: areas within 1 %, and four times cheaper
# How hard files are pressed. Of a page of line art a PNG that knows runs alone is a sixth smaller than one that looks for
# all that comes again, and made sooner; more work makes a WebP 0.2 % smaller, in twice the time.
WEBP_EFFORT = 0
SUBPIXEL_BITS = 4
CURVE_STEPS = 8
# Grey below this is ink: OpenCV grows soft-edged fills by half a pixel, this takes it off again.
FILL_LEVEL = 32

# OpenCV draws soft-edged lines in odd widths only. Where their soft edge is cut decides the rest: a line of nominal
# width w is w + EXTRA_PX wide when all below LEVELS counts as ink (measured over all directions, standard deviation
# 0.2 px).
LEVELS = (16, 40, 64, 96, 128, 160, 192, 224, 245)
EXTRA_PX = (1.25, 1.67, 1.90, 2.12, 2.31, 2.55, 2.78, 3.10, 3.52)


def ink(page: Page, dpi: float) -> Mask:
    """The page (H,W) as pure black and white: True is ink. Strokes are as wide as asked, within a quarter pixel."""
    px_per_mm = dpi / MM_PER_INCH
    mask = _stroke_ink(page.strokes, page.sheet.size_px(dpi), px_per_mm).copy()
    if page.fills:
        canvas = np.full(mask.shape, 255, np.uint8)
        for fill in page.fills:
            (outline,) = _flat([fill])
            cv2.fillPoly(canvas, [_to_subpixels(outline, px_per_mm)], 0, cv2.LINE_AA, SUBPIXEL_BITS)
        mask |= canvas < FILL_LEVEL
    return mask


def picture_ink(page: Page) -> Mask:
    """The ink (h,w) within the page's picture at HALF_DPI, up to the middle of its frame: what ends there has no open end.

    It is that of the print, which is drawn already: white specks are looked for on it.
    """
    halved = cv2.resize(
        ink(page, PRINT_DPI).view(np.uint8), page.sheet.size_px(HALF_DPI), interpolation=cv2.INTER_AREA
    )
    rows, columns = picture_window(page)
    return np.asarray(halved[rows, columns] > 0, np.bool_)


def picture_window(page: Page) -> tuple[slice, slice]:
    """The rows and columns of the sheet at HALF_DPI that lie within the page's picture."""
    px_per_mm, box = HALF_DPI / MM_PER_INCH, page.picture
    return (
        slice(math.ceil(box.y * px_per_mm), int((box.y + box.height) * px_per_mm)),
        slice(math.ceil(box.x * px_per_mm), int((box.x + box.width) * px_per_mm)),
    )


# The last two are remembered: a page is looked at for specks, judged, and printed, all with the same strokes.
@lru_cache(maxsize=2)
def _stroke_ink(groups: tuple[Strokes, ...], size: tuple[int, int], px_per_mm: float) -> Mask:
    mask = np.zeros((size[1], size[0]), np.bool_)
    for strokes in groups:
        if strokes.lines:
            mask |= _drawn(strokes, mask.shape, px_per_mm)
    return mask


def _drawn(strokes: Strokes, shape: tuple[int, ...], px_per_mm: float) -> Mask:
    thickness, level = pen_for(strokes.width_mm * px_per_mm)
    canvas = np.full(shape, 255, np.uint8)
    for closed, lines in _polylines(strokes).items():
        pixels = [_to_subpixels(line, px_per_mm) for line in lines]
        cv2.polylines(canvas, pixels, closed, 0, thickness, cv2.LINE_AA, SUBPIXEL_BITS)
    return np.less(canvas, math.ceil(level), out=canvas.view(np.bool_))  # a whole number: bytes are compared


@lru_cache(maxsize=8)  # the groups of two pages: each is drawn in two resolutions
def _polylines(strokes: Strokes) -> dict[bool, list[Points]]:
    """The lines in mm, open and closed ones, with their curves as short straight pieces."""
    return {
        closed: _flat([line for line in strokes.lines if line.closed == closed]) for closed in (False, True)
    }


def _flat(lines: Sequence[Line]) -> list[Points]:
    """Lines that are all open or all closed as polylines."""
    if not lines:
        return []
    curves = iter(
        flatten_all([line.points for line in lines if line.smooth], CURVE_STEPS, closed=lines[0].closed)
    )
    return [next(curves) if line.smooth else line.points for line in lines]


def pen_for(width_px: float) -> tuple[int, float]:
    """OpenCV's thickness and the grey level to cut at, for strokes of this width."""
    nominal = 2 * math.floor((width_px - EXTRA_PX[1] + 1) / 2) - 1
    thickness = {-1: 1, 1: 2}.get(nominal, max(1, nominal))  # 1 and 2 are drawn as if they were -1 and 1
    return thickness, float(np.interp(width_px - nominal, EXTRA_PX, LEVELS))


def _to_subpixels(points: Points, px_per_mm: float) -> NDArray[np.int32]:
    grid = (points * px_per_mm - 0.5) * (1 << SUBPIXEL_BITS)
    return np.round(grid).astype(np.int32).reshape(-1, 1, 2)


@dataclass(frozen=True, eq=False)
class PrintRaster:
    """The ink (H,W) of a whole sheet at PRINT_DPI, of which every raster file of a page is made: lines are drawn once."""

    ink: Mask

    def png(self) -> bytes:
        """1 bit a pixel, ready to print."""
        buffer = io.BytesIO()
        picture = Image.fromarray(~self.ink)
        picture.save(buffer, "PNG", dpi=(PRINT_DPI, PRINT_DPI), compress_type=zlib.Z_RLE)
        return buffer.getvalue()

    def grey(self, long_edge_px: int) -> Bytes:
        """The sheet in soft-edged grey (h,w), its longer side `long_edge_px`, at most that of the print."""
        paper = self.ink.view(np.uint8) - np.uint8(1)  # 0 where there is ink, else 255
        return shrunk(paper, long_edge_px)


def shrunk(picture: Bytes, long_edge_px: int) -> Bytes:
    """A grey picture (H,W) made smaller, so that its longer side has `long_edge_px`: each pixel a mean of its area."""
    factor = long_edge_px / max(picture.shape)
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def webp(picture: Bytes) -> bytes:
    """A grey picture as a lossless WebP file."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "WEBP", lossless=True, method=1, quality=WEBP_EFFORT)
    return buffer.getvalue()


def print_raster(page: Page) -> PrintRaster:
    """The page as it is printed."""
    return PrintRaster(ink(page, PRINT_DPI))
