"""Where GrabCut begins: what is sure and what is likely, from a tap or a box.

Colours are compared along the way, as in Bai and Sapiro (2007): what is far from what surrounds the box is likely to be the
subject. What is meant by a tap is voted on (`proposals.py`).
"""

from collections.abc import Sequence

import cv2
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from generations.lineart.arrays import Bytes, Floats, Mask
from generations.lineart.cut import rim_of, shrunk
from generations.lineart.pointer import Pointer, Tap

PRIOR_PX = 144  # long side of the picture on which distances are found
TAP = 0.025  # of the long side: radius of what a fingertip points at
SAME_COLOUR = 14.0  # Lab units: what in it is the thing and not the background beside it
STEP, FAR_STEP = 0.1, 0.45  # Lab units a pixel: what distance alone costs from the rim, from the tap
# What nearness in colour counts beside what boxes say, with one, two and more taps.
NEAR_SHARES = (0.3, 0.5, 0.6)
LIKE_A_TAP = 20.0  # Lab units: what a tap that corrects a box decides
LIKELY, UNLIKELY = 0.5, 0.12
UNLIKE = 0.5  # of the distance that parts the box in two: rather too much than legs and wheels lost


def tap_hints(small: Bytes, taps: Sequence[Tap], likely: Floats) -> Bytes:
    """GrabCut's hints: sure where tapped, probably where it is `likely` (H,W), 0..1, and near to the taps in colour.

    The more taps there are, the more nearness counts: what is voted for has been said to be wrong.
    """
    wanted, unwanted = (tapped(small, taps, belongs=belongs) for belongs in (True, False))
    rim = rim_of(small.shape) & ~_grown(wanted, 5)
    from_wanted, from_other = colour_distance(small, wanted, FAR_STEP), colour_distance(small, rim, STEP)
    if unwanted.any():
        from_other = np.minimum(from_other, colour_distance(small, unwanted, FAR_STEP))
    near = from_other / (from_wanted + from_other + 1e-6)
    share = NEAR_SHARES[min(len(taps), len(NEAR_SHARES)) - 1]
    belongs = (1 - share) * likely + share * near
    hints = np.where(belongs > LIKELY, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    hints[belongs < UNLIKELY] = cv2.GC_BGD
    return _with_sure(hints, wanted, unwanted)


def _with_sure(hints: Bytes, wanted: Mask, unwanted: Mask) -> Bytes:
    hints[wanted] = cv2.GC_FGD
    hints[unwanted] = cv2.GC_BGD
    return hints


def tapped(small: Bytes, taps: Sequence[Tap], *, belongs: bool) -> Mask:
    """What is under the fingertips that point at what belongs to the subject, or at what does not."""
    under = [_under(small, tap) for tap in taps if tap.belongs == belongs]
    return np.logical_or.reduce(under, axis=0) if under else np.zeros(small.shape[:2], np.bool_)


def _under(small: Bytes, tap: Tap) -> Mask:
    """What is under the fingertip and has the colour of its middle."""
    height, width = small.shape[:2]
    x, y = tap.pixel(small.shape)
    disc = np.zeros((height, width), np.uint8)
    cv2.circle(disc, (x, y), max(2, round(TAP * max(height, width))), 1, -1)
    lab = _lab(small)
    colour = np.median(lab[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].reshape(-1, 3), axis=0)
    return np.asarray((disc > 0) & (np.linalg.norm(lab - colour, axis=2) < SAME_COLOUR), np.bool_)


def box_hints(small: Bytes, box: Pointer) -> Bytes:
    """GrabCut's hints: surely not outside the box; inside probably what is far in colour from the outside."""
    height, width = small.shape[:2]
    left, top = int(box.x * width), int(box.y * height)
    right, bottom = round((box.x + box.width) * width), round((box.y + box.height) * height)
    inside = np.zeros((height, width), np.bool_)
    inside[top : max(bottom, top + 2), left : max(right, left + 2)] = True
    outside = ~inside if not inside.all() else rim_of(small.shape)
    far = colour_distance(small, outside, STEP)
    limit = UNLIKE * _between(far[inside])
    hints = np.where(far > limit, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    hints[outside] = cv2.GC_BGD
    return _corrected(small, hints, box.corrections)


def _corrected(small: Bytes, hints: Bytes, taps: Sequence[Tap]) -> Bytes:
    """Hints that follow each tap where that is near in colour and no other is nearer."""
    wanted, unwanted = (tapped(small, taps, belongs=belongs) for belongs in (True, False))
    yes, no = (colour_distance(small, seed, FAR_STEP) for seed in (wanted, unwanted))
    hints[(yes < LIKE_A_TAP) & (yes < no)] = cv2.GC_PR_FGD
    hints[(no < LIKE_A_TAP) & (no <= yes)] = cv2.GC_BGD
    return _with_sure(hints, wanted, unwanted)


def _between(values: Floats) -> float:
    """The value that parts these best in two (Otsu, 1979)."""
    most = float(values.max()) + 1e-6
    scaled = np.clip(values / most * 255, 0, 255).astype(np.uint8).reshape(-1, 1)
    level, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return level / 255 * most


def colour_distance(small: Bytes, start: Mask, step: float) -> Floats:
    """Geodesic distance in colour (Lab units) of each pixel from `start` on a smaller picture; infinite without one."""
    height, width = small.shape[:2]
    if not start.any():
        return np.full((height, width), np.inf, np.float32)
    lab = _lab(shrunk(small, PRIOR_PX))
    rows, columns = lab.shape[:2]
    size = (columns, rows)
    begin = cv2.resize(start.view(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    begin |= cv2.resize(start.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    found = dijkstra(_grid(lab, step), directed=False, indices=np.flatnonzero(begin), min_only=True)
    coarse = np.asarray(found, np.float32).reshape(rows, columns)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _grid(lab: Floats, step: float) -> coo_matrix:
    """The graph of neighbouring pixels, each step costing its change of colour and `step`."""
    numbers = np.arange(lab.shape[0] * lab.shape[1]).reshape(lab.shape[:2])
    across, down = (np.linalg.norm(np.diff(lab, axis=axis), axis=2) + step for axis in (1, 0))
    first = np.concatenate([numbers[:, :-1].ravel(), numbers[:-1].ravel()])
    second = np.concatenate([numbers[:, 1:].ravel(), numbers[1:].ravel()])
    cost = np.concatenate([across.ravel(), down.ravel()])
    return coo_matrix((cost, (first, second)), shape=(numbers.size,) * 2).tocsr()


def _lab(picture: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.float32)


def _grown(mask: Mask, radius: int) -> Mask:
    return np.asarray(cv2.dilate(mask.view(np.uint8), np.ones((2 * radius + 1,) * 2)) > 0, np.bool_)
