"""Texture as fur, grass and blurred backgrounds differ in it: how rough a place is, and which way its grain runs."""

import cv2
import numpy as np

from generations.lineart.arrays import Floats, blur

GRAIN, AROUND = 0.7, 2.0  # px at half size: of the gradient, and of the place that it describes
FAINT = 1.0  # squared gradient below which a grain has no direction


def texture_of(lightness: Floats) -> Floats:
    """Texture (H,W,3) of an unsmoothed lightness picture (H,W) at half size, as numbers that can be averaged.

    The first is the logarithm of the mean gradient, about 0..3; the others are the doubled angle of the grain times
    its coherence, -1..1, from the structure tensor (Bigün and Granlund, 1987).
    """
    soft = blur(lightness, GRAIN)
    dx = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8), np.float32)
    dy = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8), np.float32)
    squared = dx * dx + dy * dy
    roughness = np.log2(1 + blur(np.sqrt(squared), AROUND))
    energy = blur(squared, AROUND) + FAINT
    along, diagonal = blur(dx * dx - dy * dy, AROUND) / energy, blur(2 * dx * dy, AROUND) / energy
    return np.asarray(np.stack([roughness, along, diagonal], axis=-1), np.float32)
