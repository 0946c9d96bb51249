"""A page as pixels: the 1-bit print file, and small previews."""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.lineart.arrays import Bytes, Mask, Points
from generations.lineart.curves import flatten
from generations.lineart.page import MM_PER_INCH, Line, Page

PRINT_DPI = 300
SUBPIXEL_BITS = 4
CURVE_STEPS = 8
PAPER_LEVEL = 128  # grey below this is ink
PREVIEW_OVERSAMPLING = 2


def render(page: Page, dpi: float) -> Bytes:
    """The page (H,W) as grey levels with soft edges: 0 ink, 255 paper."""
    width, height = page.sheet.size_px(dpi)
    image = np.full((height, width), 255, np.uint8)
    px_per_mm = dpi / MM_PER_INCH
    for strokes in page.strokes:
        # OpenCV's anti-aliased lines come out one pixel wider than asked.
        thickness = max(1, round(strokes.width_mm * px_per_mm) - 1)
        for closed in (False, True):
            lines = [_to_subpixels(line, px_per_mm) for line in strokes.lines if line.closed == closed]
            cv2.polylines(image, lines, closed, 0, thickness, cv2.LINE_AA, SUBPIXEL_BITS)
    for fill in page.fills:
        cv2.fillPoly(image, [_to_subpixels(fill, px_per_mm)], 0, cv2.LINE_AA, SUBPIXEL_BITS)
    return image


def _to_subpixels(line: Line, px_per_mm: float) -> NDArray[np.int32]:
    points: Points = flatten(line.points, CURVE_STEPS, closed=line.closed) if line.smooth else line.points
    grid = (points * px_per_mm - 0.5) * (1 << SUBPIXEL_BITS)
    return np.round(grid).astype(np.int32).reshape(-1, 1, 2)


def ink(page: Page, dpi: float) -> Mask:
    """The page (H,W) as pure black and white: True is ink."""
    return np.asarray(render(page, dpi) < PAPER_LEVEL, np.bool_)


def page_to_png(page: Page) -> bytes:
    """The whole sheet as a 1-bit PNG at 300 DPI, ready to print."""
    buffer = io.BytesIO()
    image = Image.fromarray(~ink(page, PRINT_DPI))
    image.save(buffer, "PNG", dpi=(PRINT_DPI, PRINT_DPI))
    return buffer.getvalue()


def page_to_webp(page: Page, long_edge_px: int) -> bytes:
    """A soft-edged preview of the whole sheet as lossless WebP whose longer side is `long_edge_px`."""
    sheet = page.sheet
    long_edge_mm = max(sheet.width_mm, sheet.height_mm)
    large = render(page, PREVIEW_OVERSAMPLING * long_edge_px / long_edge_mm * MM_PER_INCH)
    factor = long_edge_px / max(large.shape)
    size = (round(large.shape[1] * factor), round(large.shape[0] * factor))
    small = np.asarray(cv2.resize(large, size, interpolation=cv2.INTER_AREA), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(small).save(buffer, "WEBP", lossless=True, method=2)
    return buffer.getvalue()
