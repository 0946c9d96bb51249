"""From a raster to clean ink: paper made white, lines made black, specks and pin-holes gone."""

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, Mask, components

PAPER_PX = 512  # longer side at which the paper's tint and shading are looked for: they are soft
PAPER_REACH_PX = 15  # wider than any line at that size
LEAST_PAPER = 40.0  # grey level that paper has at least: a black patch wider than the reach stays black
FAINT = 0.22  # darkness that may belong to a line: hairs of a brush, and no watermark
CERTAIN, INK = 0.45, 0.26  # darkness that surely does, and where a line's edge is
STAIRCASE = 0.55  # blur in px of the source that takes its pixel grid off
LEAST_SPECK_MM2, LEAST_HOLE_MM2 = 2.0, 1.0


def darkness(raster: Bytes) -> Floats:
    """How much darker than the paper around each pixel of an RGB raster (H,W,3) is, 0..1; colours count as ink."""
    least = np.minimum(np.minimum(raster[..., 0], raster[..., 1]), raster[..., 2]).astype(np.float32)
    factor = min(1.0, PAPER_PX / max(least.shape))
    small = cv2.resize(least, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * PAPER_REACH_PX + 1,) * 2)
    paper = cv2.GaussianBlur(cv2.dilate(small, reach), (0, 0), PAPER_REACH_PX / 2.5)
    paper = cv2.resize(paper, least.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(1 - least / np.maximum(paper, LEAST_PAPER), 0, 1), np.float32)


def ink_of(dark: Floats, height: int, width: int) -> Mask:
    """The lines of a darkness image as ink (height, width): hysteresis (Canny, 1986) after smooth enlargement."""
    factor = width / dark.shape[1]
    if factor > 1:
        large = cv2.resize(dark, (width, height), interpolation=cv2.INTER_LANCZOS4)
        large = cv2.GaussianBlur(large, (0, 0), max(STAIRCASE * factor, 0.5))
    else:
        large = cv2.resize(dark, (width, height), interpolation=cv2.INTER_AREA)
    count, labels = components(np.asarray(large > FAINT, np.bool_), connectivity=8)
    keep = np.zeros(count, np.bool_)
    keep[labels[large > CERTAIN]] = True
    keep[0] = False
    return np.asarray(keep[labels] & (large > INK), np.bool_)


def clean(ink: Mask, px_per_mm: float) -> Mask:
    """The ink without black specks, and with pin-holes filled."""
    without = _large(ink, 8, LEAST_SPECK_MM2 * px_per_mm**2)
    return ~_large(~without, 4, LEAST_HOLE_MM2 * px_per_mm**2)


def _large(mask: Mask, connectivity: int, least_px: float) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=connectivity)
    keep = stats[:, cv2.CC_STAT_AREA] >= least_px
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)
