"""Cutting a subject out of a small picture along its colours: GrabCut (Rother, Kolmogorov and Blake, 2004)."""

from collections.abc import Iterator

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Mask

ROUNDS = 4  # of fitting the colour models; more change nothing that is seen
# Of a second look at a border: the side of its picture, rounds, and how far it may move.
FINE_PX, FINE_ROUNDS, BORDER_PX = 384, 1, 6
SEED = 20250101  # of OpenCV's generator, so that the same photo gives the same subject
LEAST_SHARE, MOST_SHARE = 0.0015, 0.92  # of the picture: anything else is no subject
MORE_THAN_TAPPED = 1.5  # times what was tapped: less is the fingertip alone
LARGE_PART = 0.15  # of the largest part: smaller ones are no part of a subject
HOLE_SHARE = 0.04  # of the subject: what is smaller inside it belongs to it


def shrunk(picture: Bytes, side: int) -> Bytes:
    factor = min(1.0, side / max(picture.shape[:2]))
    size = (max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def calmed(picture: Bytes) -> Bytes:
    """Texture and noise taken off, edges kept."""
    for _ in range(2):
        picture = np.asarray(cv2.bilateralFilter(picture, 7, 40, 5), np.uint8)
    return picture


def rim_of(shape: tuple[int, ...]) -> Mask:
    """The picture's rim but for its lower part: people and things usually stand on it."""
    height, width = shape[:2]
    rim = np.zeros((height, width), np.bool_)
    upper = int(height * 0.7)
    rim[0], rim[:upper, 0], rim[:upper, -1] = True, True, True
    return rim


def cut_along(small: Bytes, hints: Bytes, rounds: int = ROUNDS) -> Mask:
    """GrabCut from these hints; nothing when they name no subject or no background."""
    return [np.zeros(hints.shape, np.bool_), *cut_in_rounds(small, hints, rounds)][-1]


def cut_in_rounds(small: Bytes, hints: Bytes, rounds: int = ROUNDS) -> Iterator[Mask]:
    """The mask after each round of GrabCut; no round when the hints name no subject or no background."""
    wanted = np.isin(hints, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if wanted.sum() < 10 or (~wanted).sum() < 10:
        return
    cv2.setRNGSeed(SEED)
    mask, background, subject = hints.copy(), np.zeros((1, 65)), np.zeros((1, 65))
    for mode in (cv2.GC_INIT_WITH_MASK, *[cv2.GC_EVAL] * (rounds - 1)):
        cv2.grabCut(small, mask, (0, 0, 1, 1), background, subject, 1, mode)
        yield np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD))


def tidied(mask: Mask, seed: Mask, unwanted: Mask, *, with_large: bool) -> Mask:
    """The parts that were pointed at, and `with_large` the large ones, without small holes but those that are `unwanted`."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    area = stats[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(area > LARGE_PART * area.max(initial=0))
    keep = np.union1d(labels[seed & mask], large if with_large else [])
    mask = _without_holes(np.isin(labels, keep), unwanted)
    least = max(LEAST_SHARE * mask.size, MORE_THAN_TAPPED * seed.sum())
    return mask if least < mask.sum() < MOST_SHARE * mask.size else np.zeros_like(mask)


def _without_holes(mask: Mask, unwanted: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).view(np.uint8), connectivity=4)
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < HOLE_SHARE * mask.sum())
    filled = np.setdiff1d(small[small > 0], labels[unwanted])
    return (mask | np.isin(labels, filled)) & ~unwanted


def refined(picture: Bytes, mask: Mask) -> Mask:
    """The mask (h,w), of any size, of an RGB picture (H,W,3), with its border cut once more along the colours there."""
    small = calmed(shrunk(picture, FINE_PX))
    seen = resized(mask, small.shape).view(np.uint8)
    brush = np.ones((2 * BORDER_PX + 1,) * 2)
    hints = np.where(seen > 0, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    hints[cv2.erode(seen, brush) > 0] = cv2.GC_FGD
    hints[cv2.dilate(seen, brush) == 0] = cv2.GC_BGD
    return cut_along(small, hints, FINE_ROUNDS)


def resized(mask: Mask, shape: tuple[int, ...]) -> Mask:
    size = (shape[1], shape[0])
    return np.asarray(cv2.resize(mask.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0, np.bool_)
