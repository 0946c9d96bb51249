"""Small grey copies of a photo for OpenCV's cascades."""

import cv2
import numpy as np

from generations.faces.squares import Picture


def shrunk(grey: Picture, factor: float) -> Picture:
    """The grey picture at this factor of its size, with its lightness spread evenly."""
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.equalizeHist(cv2.resize(grey, size, interpolation=way)), np.uint8)
