"""What is too thin to colour, drawn as a line: legs of birds, masts, stalks and beaks that cleaning took away."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Floats, Labels, Mask, distance_inside, polyline_length, sample
from generations.lineart.curves import smooth_line
from generations.lineart.details import STRENGTH_STEP, Traces
from generations.lineart.settings import Recipe
from generations.lineart.skeleton import skeleton_of, skeleton_paths

LEAST_CONTRAST = 12.0  # Lab units between a thin thing and what is beside it
STRENGTH = 0.3  # of the contrast: as strong as the response of a dark line
BESIDE = (3.0, 9.0)  # px at unit scale: how far from the thin thing its neighbourhood lies
OWN = 0.3  # share of a region that comes from one and the same: what belongs to it
LENGTH = 0.6  # of the least length of a detail: a leg is worth more than a dash
SLENDER = 3.5  # length over width


def lost_lines(before: Labels, after: Labels, lab: Floats, recipe: Recipe, scale: float) -> Traces:
    """Middle lines of long thin pieces that lay in one region `before` cleaning and lie in another `after` (H,W).

    `before` may have any size, `lab` are the colours (H,W,3), `scale` working px per px at unit scale. Only what
    stands out from both sides is kept.
    """
    height, width = after.shape
    whole = cv2.resize(before, (width, height), interpolation=cv2.INTER_NEAREST)
    lost = _lost(np.asarray(whole, np.int32), after)
    depth = distance_inside(lost)
    kept, strengths = [], []
    for path in skeleton_paths(skeleton_of(lost)):
        length = polyline_length(path)
        if length < LENGTH * recipe.detail_length * scale or length < SLENDER * _width(path, depth):
            continue  # most are short, which costs less to see
        contrast = _contrast(path, lab, scale)
        if contrast >= LEAST_CONTRAST:
            kept.append(path.astype(np.int16))
            strengths.append(
                np.full(len(path), min(255, round(STRENGTH * contrast / STRENGTH_STEP)), np.uint8)
            )
    return Traces.of(kept, strengths, [False] * len(kept))


def _lost(before: Labels, after: Labels) -> Mask:
    """Pixels that lie in a region now of which most is made of others than the one they came from."""
    count = int(after.max()) + 1
    pairs = before.astype(np.int64) * count + after
    shared = np.bincount(pairs.ravel(), minlength=(int(before.max()) + 1) * count).reshape(-1, count)
    foreign = shared < OWN * shared.sum(axis=0)
    return np.asarray(foreign[before, after], np.bool_)


def _width(path: Labels, depth: Floats) -> float:
    """How wide a piece is at the middle of its path, most of the way; `depth` is the distance from its rim."""
    return 2 * float(np.median(sample(depth, path)))


def _contrast(path: Labels, lab: Floats, scale: float) -> float:
    """How much a path's colour differs from that on both its sides; the lesser of the two counts."""
    near, far = (round(distance * scale) for distance in BESIDE)
    step = np.gradient(smooth_line(path.astype(np.float64), 4.0, closed=False), axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1) / np.maximum(np.hypot(*step.T), 1e-6)[:, None]
    middle = _colour_at(lab, path)
    return min(
        float(np.linalg.norm(middle - _colour_at(lab, path + side * (near + far) / 2 * normal)))
        for side in (-1, 1)
    )


def _colour_at(lab: Floats, points: NDArray[np.generic]) -> NDArray[np.float64]:
    """The median colour (3,) at points (N,2)."""
    return np.array([np.median(sample(lab[..., channel], points)) for channel in range(3)])
