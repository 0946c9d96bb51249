"""Who swims, though the font shows them on their legs. In em, as glyphs are."""

import numpy as np

from generations.scenes.outlines import Shape
from generations.scenes.primitives import line

WADERS = frozenset("🦆🪿")
WATERLINE = -0.21


def swimming(bird: Shape) -> tuple[Shape, ...]:
    """Up to its belly in water, back to front: a wave lies before its legs."""
    box = bird.box()
    middle, half = (box.left + box.right) / 2, 0.55 * box.width
    low, high = WATERLINE + 0.03, WATERLINE
    wave = np.array([(-1, low), (-0.55, high), (0, low), (0.55, high), (1, low)]) * (half, 1) + (middle, 0)
    below = np.concatenate([wave, [(middle + half, 0.02), (middle - half, 0.02)]])
    return (bird, Shape((), covers=(below,)), line(wave))
