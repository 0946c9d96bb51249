"""What makes a colouring page good, in numbers, from its print raster alone: for any method's page.

A *field* is a white area of at least 25 mm2 with room for a disc of 1 mm radius. The effective number of fields,
1 / sum of squared shares (Simpson, 1949), exposes a page that is one leaked white area.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.morphology import skeletonize

PX_PER_MM = 300 / 25.4
LEAST_FIELD_MM2, LEAST_RADIUS_MM, SPECK_MM2 = 25.0, 1.0, 2.0
REFERENCE_PX = 1000  # the photo's longer side where its edges are looked for
NEAR_PX = 3.0  # a line this near to an edge of the reference is on it
FAR_PX = 50.0
STRONG, WEAK = (9.0, 5.0), (4.0, 2.5)  # hysteresis thresholds on the gradient, Lab units
LEAST_EDGE_PX = 25
RIM_PX = 3  # no end or edge is counted this close to the picture's rim

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]
Numbers = dict[str, float]


@dataclass(frozen=True, eq=False)
class Reference:
    """Edges of the photo: those that must be drawn, those that may be, and the gradient."""

    strong: Mask
    weak: Mask
    gradient: Floats


def reference_of(photo: Grey) -> Reference:
    """Ridges of the colour gradient (Di Zenzo, 1986) seen at two scales, with hysteresis (Canny, 1986)."""
    factor = REFERENCE_PX / max(photo.shape[:2])
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=way)
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    fine, _ = _gradient(lab, 2.0)
    coarse, angle = _gradient(lab, 4.0)
    gradient = np.sqrt(fine * coarse)
    ridge = _ridge(gradient, angle)
    return Reference(_linked(gradient, ridge, *STRONG), _linked(gradient, ridge, *WEAK), gradient)


def _gradient(lab: Floats, sigma: float) -> tuple[Floats, Floats]:
    """Scale-normalised gradient across the edge, and its angle."""
    smoothed = cv2.GaussianBlur(lab, (0, 0), sigma)
    dx = cv2.Sobel(smoothed, cv2.CV_32F, 1, 0, ksize=3, scale=sigma / 8)
    dy = cv2.Sobel(smoothed, cv2.CV_32F, 0, 1, ksize=3, scale=sigma / 8)
    xx, xy, yy = (dx * dx).sum(axis=2), (dx * dy).sum(axis=2), (dy * dy).sum(axis=2)
    larger = 0.5 * (xx + yy + np.sqrt((xx - yy) ** 2 + 4 * xy * xy))
    return np.sqrt(larger), 0.5 * np.arctan2(2 * xy, xx - yy)


def _ridge(gradient: Floats, angle: Floats) -> Mask:
    rows, columns = np.indices(gradient.shape, np.float32)
    x, y = np.cos(angle), np.sin(angle)
    ahead = cv2.remap(gradient, columns + x, rows + y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    behind = cv2.remap(gradient, columns - x, rows - y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray((gradient >= ahead) & (gradient > behind), np.bool_)


def _linked(gradient: Floats, ridge: Mask, high: float, low: float) -> Mask:
    count, labels = cv2.connectedComponents((ridge & (gradient > low)).view(np.uint8), connectivity=8)
    keep = np.zeros(count, np.bool_)
    keep[labels[ridge & (gradient > high)]] = True
    keep[0] = False
    keep &= np.bincount(labels.ravel(), minlength=count) >= LEAST_EDGE_PX
    return np.asarray(keep[labels], np.bool_)


def measure(picture: Grey, reference: Reference) -> Numbers:
    """All numbers of a page. `picture` (H,W) is its picture at 300 DPI without margins; below 128 is ink.

    The rim of the picture closes what it cuts, as a frame would.
    """
    ink = picture < 128
    skeleton = _skeleton(ink)
    return {
        "ink %": 100 * float(ink.mean()),
        "grey %": 100 * float(((picture > 8) & (picture < 247)).mean()),
        **field_numbers(ink),
        **_line_numbers(ink, skeleton),
        **_likeness(skeleton, ink.shape, reference),
    }


def field_numbers(ink: Mask) -> Numbers:
    """Fields, their effective number, the largest's share, the share that can be coloured; specks and slivers."""
    white = ~ink
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white.view(np.uint8), connectivity=4)
    area = stats[1:, cv2.CC_STAT_AREA] / PX_PER_MM**2
    depth = cv2.distanceTransform(white.view(np.uint8), cv2.DIST_L2, 3)
    deepest = np.zeros(count, np.float32)
    np.maximum.at(deepest, labels.ravel(), depth.ravel())
    radius = deepest[1:] / PX_PER_MM
    field = (area >= LEAST_FIELD_MM2) & (radius >= LEAST_RADIUS_MM)
    shares = area / max(area.sum(), 1e-9)
    _, _, black, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    return {
        "fields": float(field.sum()),
        "effective": 1 / max(float((shares**2).sum()), 1e-9),
        "largest %": 100 * float(shares.max(initial=0)),
        "colourable %": 100 * float(shares[field].sum()),
        "white specks": float((area < SPECK_MM2).sum()),
        "slivers": float(((area >= SPECK_MM2) & ~field).sum()),
        "black specks": float((black[1:, cv2.CC_STAT_AREA] < SPECK_MM2 * PX_PER_MM**2).sum()),
    }


def _skeleton(ink: Mask) -> Mask:
    """The skeleton at half size (a whole page takes four times longer and says the same)."""
    half = cv2.resize(ink.astype(np.uint8) * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(skeletonize(half > 127), np.bool_)


def _line_numbers(ink: Mask, skeleton: Mask) -> Numbers:
    """Width of the lines in px at 300 DPI (twice the distance from the middle to white), and their open ends."""
    depth = cv2.dilate(cv2.distanceTransform(ink.view(np.uint8), cv2.DIST_L2, 5), np.ones((3, 3)))
    rows, columns = np.nonzero(skeleton)
    inside = (rows * 2 < ink.shape[0]) & (columns * 2 < ink.shape[1])
    widths = depth[rows[inside] * 2, columns[inside] * 2] * 2 - 1
    low, middle, high = np.percentile(widths, [25, 50, 75]) if len(widths) else (0, 0, 0)
    around = cv2.filter2D(skeleton.view(np.uint8), -1, np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT)
    ends = (skeleton & (around == 2))[RIM_PX:-RIM_PX, RIM_PX:-RIM_PX]
    return {"width px": float(middle), "width IQR": float(high - low), "open ends": float(ends.sum())}


def _likeness(skeleton: Mask, shape: tuple[int, ...], reference: Reference) -> Numbers:
    """Recall of strong edges (weighted), precision of what is drawn, and the chamfer distance (Barrow, 1977)."""
    height, width = reference.strong.shape
    rows, columns = np.nonzero(skeleton)
    rows, columns = rows * 2 * height // shape[0], columns * 2 * width // shape[1]
    inner = (rows > RIM_PX) & (rows < height - RIM_PX) & (columns > RIM_PX) & (columns < width - RIM_PX)
    drawn = np.zeros((height, width), np.bool_)
    drawn[rows[inner], columns[inner]] = True
    if not drawn.any() or not reference.strong.any():
        return {"recall %": 0.0, "precision %": 0.0, "chamfer px": FAR_PX}
    to_drawn, to_strong, to_weak = map(_distance_to, (drawn, reference.strong, reference.weak))
    weight = np.minimum(reference.gradient[reference.strong], 25)
    hit = to_drawn[reference.strong] <= NEAR_PX
    apart = (
        np.minimum(to_drawn[reference.strong], FAR_PX).mean() + np.minimum(to_strong[drawn], FAR_PX).mean()
    )
    return {
        "recall %": 100 * float((weight * hit).sum() / weight.sum()),
        "precision %": 100 * float((to_weak[drawn] <= NEAR_PX).mean()),
        "chamfer px": float(apart) / 2,
    }


def _distance_to(mask: Mask) -> Floats:
    return np.asarray(cv2.distanceTransform((~mask).view(np.uint8), cv2.DIST_L2, 3), np.float32)
