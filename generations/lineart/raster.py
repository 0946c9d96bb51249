"""A page as pixels: the 1-bit print file, and small previews."""

import io
import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.lineart.arrays import Bytes, Mask, Points
from generations.lineart.curves import flatten
from generations.lineart.page import MM_PER_INCH, Line, Page, Strokes

PRINT_DPI = 300
SUBPIXEL_BITS = 4
CURVE_STEPS = 8
FILL_LEVEL = (
    32  # grey below this is ink: OpenCV grows soft-edged fills by half a pixel, this takes it off again
)

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
            cv2.fillPoly(canvas, [_to_subpixels(fill, px_per_mm)], 0, cv2.LINE_AA, SUBPIXEL_BITS)
        mask |= canvas < FILL_LEVEL
    return mask


# The last two are remembered: a page is looked at for specks, judged, and printed, all with the same strokes.
@lru_cache(maxsize=2)
def _stroke_ink(groups: tuple[Strokes, ...], size: tuple[int, int], px_per_mm: float) -> Mask:
    mask = np.zeros((size[1], size[0]), np.bool_)
    for strokes in groups:
        mask |= _drawn(strokes, mask.shape, px_per_mm)
    return mask


def _drawn(strokes: Strokes, shape: tuple[int, ...], px_per_mm: float) -> Mask:
    thickness, level = pen_for(strokes.width_mm * px_per_mm)
    canvas = np.full(shape, 255, np.uint8)
    for closed in (False, True):
        lines = [_to_subpixels(line, px_per_mm) for line in strokes.lines if line.closed == closed]
        cv2.polylines(canvas, lines, closed, 0, thickness, cv2.LINE_AA, SUBPIXEL_BITS)
    return np.asarray(canvas < level, np.bool_)


def pen_for(width_px: float) -> tuple[int, float]:
    """OpenCV's thickness and the grey level to cut at, for strokes of this width."""
    nominal = 2 * math.floor((width_px - EXTRA_PX[1] + 1) / 2) - 1
    thickness = {-1: 1, 1: 2}.get(nominal, max(1, nominal))  # 1 and 2 are drawn as if they were -1 and 1
    return thickness, float(np.interp(width_px - nominal, EXTRA_PX, LEVELS))


def _to_subpixels(line: Line, px_per_mm: float) -> NDArray[np.int32]:
    points: Points = flatten(line.points, CURVE_STEPS, closed=line.closed) if line.smooth else line.points
    grid = (points * px_per_mm - 0.5) * (1 << SUBPIXEL_BITS)
    return np.round(grid).astype(np.int32).reshape(-1, 1, 2)


@dataclass(frozen=True, eq=False)
class PrintRaster:
    """The ink (H,W) of a whole sheet at PRINT_DPI, of which every raster file of a page is made: lines are drawn once."""

    ink: Mask

    def png(self) -> bytes:
        """1 bit a pixel, ready to print."""
        buffer = io.BytesIO()
        Image.fromarray(~self.ink).save(buffer, "PNG", dpi=(PRINT_DPI, PRINT_DPI))
        return buffer.getvalue()

    def webp(self, long_edge_px: int) -> bytes:
        """A soft-edged preview, lossless, whose longer side is `long_edge_px`."""
        buffer = io.BytesIO()
        Image.fromarray(self.grey(long_edge_px)).save(buffer, "WEBP", lossless=True, method=2)
        return buffer.getvalue()

    def grey(self, long_edge_px: int) -> Bytes:
        """The sheet in soft-edged grey (h,w), its longer side `long_edge_px`, at most that of the print."""
        factor = long_edge_px / max(self.ink.shape)
        size = (round(self.ink.shape[1] * factor), round(self.ink.shape[0] * factor))
        paper = np.where(self.ink, np.uint8(0), np.uint8(255))
        return np.asarray(cv2.resize(paper, size, interpolation=cv2.INTER_AREA), np.uint8)


def print_raster(page: Page) -> PrintRaster:
    """The page as it is printed."""
    return PrintRaster(ink(page, PRINT_DPI))
