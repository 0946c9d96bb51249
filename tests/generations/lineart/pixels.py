"""Measuring printed pages."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import distance_transform_edt
from skimage.morphology import skeletonize


def ink_of(png: bytes) -> NDArray[np.bool_]:
    """True where the PNG is black."""
    return ~np.asarray(Image.open(io.BytesIO(png)).convert("1"))


def line_width_px(black: NDArray[np.bool_]) -> float:
    """The usual line width: twice the distance from the middle of lines to white, most frequent of all."""
    skeleton = skeletonize(black)
    widths = 2 * distance_transform_edt(black)[skeleton] - 1
    wide = widths[widths > np.percentile(widths, 30)]
    return float(np.median(wide))
