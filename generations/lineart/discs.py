"""Dark discs of any size: places with lighter ones all around, found by fast radial symmetry (Loy and Zelinsky, 2003)."""

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Mask, blur, halve

RADII = ((2.0, 3.0, 4.0, 5.5, 7.5), (4.0, 5.5, 7.5, 10.0))  # px at half and at a quarter of the size
STRONGEST, LEAST_GRADIENT = 88, 2.0  # percentile and lightness a px: of the gradients that vote
SOFT = 0.8  # px: the blur before gradients are taken
SPREAD = 0.25  # radii: how far beside the middle of a disc its votes fall
LEAST_VOTES = 0.45  # of those that an even circle would have
MOST_DISCS = 150


def dark_discs(lightness: Floats) -> Floats:
    """The discs (N,4) of a stretched lightness (H,W): x, y and radius in px, and the share of its circle that votes for it.

    At most MOST_DISCS, the most circular ones first.
    """
    picture, found = lightness, []
    for octave, radii in enumerate(RADII, start=1):
        picture = halve(picture)
        found.append(_discs_on(picture, radii) * np.array([2**octave] * 3 + [1], np.float32))
    discs = np.concatenate(found)
    return np.asarray(discs[np.argsort(-discs[:, 3], kind="stable")[:MOST_DISCS]], np.float32)


def _discs_on(picture: Floats, radii: tuple[float, ...]) -> Floats:
    places, outwards = _edges(picture)
    votes = [_votes(picture.shape, places - radius * outwards, radius) for radius in radii]
    around = [np.asarray(cv2.dilate(one, np.ones((3, 3), np.uint8)), np.float32) for one in votes]
    found = []
    for step, radius in enumerate(radii):
        rows, columns = np.nonzero(_is_peak(votes, around, step))
        shares = votes[step][rows, columns]
        found.append(np.stack([columns + 0.5, rows + 0.5, np.full(len(rows), radius), shares], axis=1))
    return np.concatenate(found).astype(np.float32)


def _edges(picture: Floats) -> tuple[Floats, Floats]:
    """Places (N,2) of strong gradients, x and y in px, and where they point to: from dark to light, of length 1."""
    soft = blur(picture, SOFT)
    dx, dy = (cv2.Sobel(soft, cv2.CV_32F, *order, scale=1 / 8) for order in ((1, 0), (0, 1)))
    length = cv2.magnitude(dx, dy)
    limit = max(LEAST_GRADIENT, float(np.percentile(length[::3, ::3], STRONGEST)))
    rows, columns = np.nonzero(length > limit)
    outwards = np.stack([dx[rows, columns], dy[rows, columns]], axis=1) / length[rows, columns, None]
    return np.stack([columns, rows], axis=1).astype(np.float32), np.asarray(outwards, np.float32)


def _votes(shape: tuple[int, ...], places: Floats, radius: float) -> Floats:
    """How many of these places (N,2) are about where a pixel is, as a share of a circle of this radius."""
    height, width = shape
    columns, rows = np.rint(places).astype(np.int32).T
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    counts = np.bincount(rows[inside] * width + columns[inside], minlength=height * width)
    sigma = max(SOFT, SPREAD * radius)
    return blur(counts.reshape(height, width).astype(np.float32), sigma) * np.float32(sigma**2 / radius)


def _is_peak(votes: list[Floats], around: list[Floats], step: int) -> Mask:
    """Where the votes for one radius are more than those beside, and those for the radii next to it."""
    here = votes[step]
    peak = (here > LEAST_VOTES) & (here >= around[step])
    for other in (step - 1, step + 1):
        if 0 <= other < len(votes):
            peak &= here >= votes[other]
    return np.asarray(peak, np.bool_)
