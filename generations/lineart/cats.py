"""Cats' faces, and what looks like one: OpenCV's cascade (Viola and Jones, 2001), read once a thread."""

import threading
from pathlib import Path

import cv2
import numpy as np

from generations.faces import Box
from generations.lineart.arrays import Bytes

CASCADE = Path(cv2.__file__).parent / "data" / "haarcascade_frontalcatface_extended.xml"
SIDE_PX, LEAST_PX = 288, 28  # of the picture that is looked at, and of a face on it
STEP, LEAST_FINDS = 1.08, 5
_own = threading.local()


def find_cats(picture: Bytes) -> list[Box]:
    """Their faces on an RGB picture (H,W,3). Sorted, because OpenCV's threads hand them in whatever order they finish."""
    if not hasattr(_own, "cascade"):
        _own.cascade = cv2.CascadeClassifier(str(CASCADE))
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    factor = SIDE_PX / max(grey.shape)
    found = _own.cascade.detectMultiScale(_even(grey, factor), STEP, LEAST_FINDS, minSize=(LEAST_PX,) * 2)
    return [Box(*map(float, box)).scaled(1 / factor) for box in sorted(tuple(map(int, box)) for box in found)]


def _even(grey: Bytes, factor: float) -> Bytes:
    """The grey picture at this factor of its size, with its lightness spread evenly."""
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.equalizeHist(cv2.resize(grey, size, interpolation=way)), np.uint8)
