"""OpenCV's cascades: read from their files, and asked on a small grey picture."""

from pathlib import Path

import cv2

from generations.faces.box import Box
from generations.faces.squares import Picture

CASCADES = Path(cv2.__file__).parent / "data"


def cascade_in(name: str) -> cv2.CascadeClassifier:
    """The cascade in this file: afterwards no file is opened any more."""
    return cv2.CascadeClassifier(str(CASCADES / name))


def detected(
    cascade: cv2.CascadeClassifier, grey: Picture, step: float, least_finds: int, least_px: int
) -> tuple[list[Box], list[int]]:
    """Boxes and how often each was found. Sorted, because OpenCV's threads hand them in whatever order they finish."""
    boxes, finds = cascade.detectMultiScale2(grey, step, minNeighbors=least_finds, minSize=(least_px,) * 2)
    found = sorted((tuple(map(int, box)), int(count)) for box, count in zip(boxes, finds, strict=True))
    return [Box(*map(float, box)) for box, _ in found], [count for _, count in found]
