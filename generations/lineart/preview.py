"""What is understood of a family's pointing, as a picture to lay over the photo before anything is drawn."""

from itertools import chain

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Mask
from generations.lineart.pointer import Pointer
from generations.lineart.subject import first_look

VEIL, OPACITY, BRIGHT = "#08202f", 0.62, "#47b3ff"
STROKES = ((VEIL, 6), (BRIGHT, 3))  # colour and width, in px of the screen: seen on dark and on light
CALM_PX = 1.0  # how far the outline may leave the border of the mask


def preview(photo: Bytes, pointer: Pointer) -> str | None:
    """An SVG of the shape of a photo (H,W,3): a veil over all but the subject, and its outline. None without a subject."""
    mask = first_look(photo, pointer)
    return _svg(mask) if mask.any() else None


def _svg(mask: Mask) -> str:
    height, width = mask.shape
    border = _border(mask)
    lines = (
        f'<path d="{border}" fill="none" stroke="{colour}" stroke-width="{px}" vector-effect="non-scaling-stroke"/>'
        for colour, px in STROKES
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="M0 0H{width}V{height}H0Z{border}" fill="{VEIL}" fill-opacity="{OPACITY}" fill-rule="evenodd"/>'
        f"{''.join(lines)}</svg>"
    )


def _border(mask: Mask) -> str:
    """The outlines of a mask and of its holes, as path data."""
    contours, _ = cv2.findContours(mask.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    calm = (cv2.approxPolyDP(contour, CALM_PX, closed=True).reshape(-1, 2) for contour in contours)
    return "".join(f"M{' '.join(map(str, chain.from_iterable(points.tolist())))}Z" for points in calm)
