"""Drawn animals' eyes to try the looking on: even fur with dark round spots."""

import cv2
import numpy as np

from generations.lineart.arrays import Floats
from generations.lineart.scene import Scene

SIZE = 300
Spot = tuple[int, int, int]  # x, y and radius


def fur(*spots: Spot, dark: float = 4.0, light: float = 60.0) -> Floats:
    """Even lightness with dark round spots."""
    lightness = np.full((SIZE, SIZE), light, np.float32)
    for x, y, radius in spots:
        cv2.circle(lightness, (x, y), radius, dark, -1)
    return lightness


def shining(*spots: Spot, dark: float = 6.0, light: float = 60.0, highlight: float = 90.0) -> Floats:
    """Fur with dark spots that shine in their middle."""
    lightness = fur(*spots, dark=dark, light=light)
    for x, y, radius in spots:
        cv2.circle(lightness, (x + 1, y - 1), max(1, radius // 5), highlight, -1)
    return lightness


def scene_of(lightness: Floats, importance: float = 1.0) -> Scene:
    """A grey scene of this lightness that is as important everywhere, and busy nowhere but at its edges."""
    lab = np.zeros((*lightness.shape, 3), np.float32)
    lab[..., 0] = lightness
    half = cv2.GaussianBlur(lightness, (0, 0), 1.5)[::2, ::2]
    strength = np.hypot(*np.gradient(half)).astype(np.float32)
    weights = np.full(lightness.shape, importance, np.float32)
    return Scene(lightness, lab, weights, np.ascontiguousarray(strength), 1.0)
