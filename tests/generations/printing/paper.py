"""Sheets to print in tests, and what poppler finds in the PDF."""

import io
import math
import subprocess

import numpy as np
from numpy.typing import NDArray
from PIL import Image

A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)


def wavy_sheet(width_mm: float, height_mm: float, paths: int = 300) -> str:
    """A sheet full of smooth strokes, written as the line art engine writes it: 20 units to a mm."""
    width, height = round(width_mm * 20), round(height_mm * 20)
    rows = (
        f'<path d="M400 {600 + round(n * (height - 1000) / paths)}'
        f'c{width // 4} {round(300 * math.sin(n))} {width // 2}-80 {width - 800} 0"/>'
        for n in range(paths)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm"'
        f' viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="#fff"/>'
        f'<g fill="none" stroke="#000" stroke-linecap="round" stroke-width="18">{"".join(rows)}</g></svg>'
    )


def line_sheet(width_mm: float, height_mm: float) -> str:
    """A sheet with one upright line, 2 mm wide, its middle 50 mm from the left edge, 40 to 200 mm from the top."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm"'
        f' viewBox="0 0 {width_mm * 20:g} {height_mm * 20:g}">'
        '<path fill="none" stroke="#000" stroke-width="40" d="M1000 800l0 3200"/></svg>'
    )


def poppler(tool: str, pdf: bytes, *options: str) -> bytes:
    """What a poppler tool writes about `pdf`."""
    return subprocess.run([tool, *options], input=pdf, capture_output=True, check=True).stdout


def text_of(pdf: bytes) -> str:
    return poppler("pdftotext", pdf, "-layout", "-", "-").decode()


def pixels_of(pdf: bytes, dpi: int, *options: str) -> NDArray[np.uint8]:
    """The first page as (H, W, 3) RGB at `dpi`."""
    ppm = poppler("pdftoppm", pdf, "-r", str(dpi), "-f", "1", "-l", "1", *options, "-")
    return np.asarray(Image.open(io.BytesIO(ppm)).convert("RGB"))


def poppler_crop(pdf: bytes, dpi: int, x_mm: float, y_mm: float, side_mm: float) -> NDArray[np.uint8]:
    """A square of the first page in grey (H, W), its corner and side in mm."""
    x, y, side = (str(round(length / 25.4 * dpi)) for length in (x_mm, y_mm, side_mm))
    pgm = poppler("pdftoppm", pdf, "-r", str(dpi), "-gray", "-x", x, "-y", y, "-W", side, "-H", side, "-")
    return np.asarray(Image.open(io.BytesIO(pgm)))
