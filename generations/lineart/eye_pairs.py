"""Two eyes that look at the camera: dark round spots of one size, each with a highlight, and no third like them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Mask
from generations.lineart.settings import NOMINAL_MM_PER_PX

DARKNESSES = range(10, 60, 6)  # lightness below which an eye is looked for: an iris may be light
LEAST_MM2, MOST_MM2 = 2.5, 70.0  # on A4
LEAST_ROUNDNESS, LEAST_AXIS_RATIO = 0.60, 0.45
LEAST_SHINE, LEAST_CONTRAST = 48.0, 36.0  # lightness of the highlight, and of what is around, above the eye
DEPTH = 0.25  # radii inside its rim, where no fur shines through
LIKE_IT = 0.7  # times its radius, at least: of the other eye, or of a third one that makes it a pattern
APART = (3.0, 18.0)  # radii between the two
STEEPEST = 50.0  # degrees that a head may be tilted
MOST_DARK_BETWEEN = 0.4  # share of the way between them as dark as they are: stripes and spots have more
VICINITY = 2.0  # times their distance, around their middle: a third like them there makes a row of windows


@dataclass(frozen=True, eq=False)
class Shining:
    """A dark spot with a highlight: its place and its radius in px.

    `contrast` is how much lighter the ring around it is, `limit` the lightness midway between the two.
    """

    x: float
    y: float
    radius: float
    contrast: float
    limit: float

    @property
    def disc(self) -> Floats:
        """x, y and radius (3,)."""
        return np.array([self.x, self.y, self.radius], np.float32)


def shining_pairs(soft: Floats, light: Floats, scale: float) -> tuple[tuple[Shining, Shining], ...]:
    """Pairs of eyes, left and right, on the stretched lightness (H,W), and on the same slightly blurred."""
    spots = _one_a_place(list(_shining(soft, light, scale)))
    pairs = ((one, other) for one in spots for other in spots if one.x < other.x and _are_a_pair(one, other))
    return tuple(
        pair
        for pair in pairs
        if _dark_between(*pair, soft) <= MOST_DARK_BETWEEN and not _are_a_pattern(*pair, spots)
    )


def _shining(soft: Floats, light: Floats, scale: float) -> Iterator[Shining]:
    for darkness in DARKNESSES:
        dark = (soft < darkness).view(np.uint8)
        for contour in cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]:
            spot = _judged(np.asarray(contour[:, 0], np.int32), soft, light, scale)
            if spot is not None:
                yield spot


def _judged(contour: np.ndarray, soft: Floats, light: Floats, scale: float) -> Shining | None:
    """The spot inside this contour, when it is small, round, shining and darker than what is around."""
    area = cv2.contourArea(contour)
    if not LEAST_MM2 < area * (NOMINAL_MM_PER_PX / scale) ** 2 < MOST_MM2 or len(contour) < 5:
        return None
    (x, y), axes, _ = cv2.fitEllipse(contour)
    roundness = 4 * math.pi * area / cv2.arcLength(contour, True) ** 2
    radius = math.sqrt(area / math.pi)
    if roundness < LEAST_ROUNDNESS or min(axes) < LEAST_AXIS_RATIO * max(axes):
        return None
    window, inside = _window(contour, radius, soft.shape)
    if not _has_highlight(light[window], soft[window], inside, radius):
        return None
    dark = float(soft[window][inside].mean())
    contrast = _ring(soft[window], inside, radius) - dark
    if contrast < LEAST_CONTRAST:
        return None
    return Shining(float(x), float(y), radius, contrast, dark + contrast / 2)


def _window(contour: np.ndarray, radius: float, shape: tuple[int, ...]) -> tuple[tuple[slice, slice], Mask]:
    """The part of the picture around the spot, and the spot in it."""
    left, top, width, height = cv2.boundingRect(contour)
    reach = math.ceil(radius) + 4
    x, y = max(left - reach, 0), max(top - reach, 0)
    window = np.s_[y : min(top + height + reach, shape[0]), x : min(left + width + reach, shape[1])]
    inside = np.zeros((window[0].stop - y, window[1].stop - x), np.uint8)
    cv2.fillPoly(inside, [contour - np.array([x, y], np.int32)], 1)
    return window, inside > 0


def _has_highlight(light: Floats, soft: Floats, inside: Mask, radius: float) -> bool:
    """Whether something well inside the spot is far lighter than it."""
    if light[inside].max() - soft[inside].mean() < LEAST_SHINE:
        return False
    depth = cv2.distanceTransform(inside.view(np.uint8), cv2.DIST_L2, 5)
    highlight = light[depth > max(2.0, DEPTH * radius)].max(initial=0)
    return bool(highlight - soft[depth > 1].mean() >= LEAST_SHINE)


def _ring(soft: Floats, inside: Mask, radius: float) -> float:
    """The mean lightness of the ring around the spot."""
    away = cv2.distanceTransform(1 - inside.view(np.uint8), cv2.DIST_L2, 5)
    ring = (away > max(2.0, 0.35 * radius)) & (away <= max(4.0, radius))
    return float(soft[ring].mean())


def _one_a_place(spots: list[Shining]) -> list[Shining]:
    """Of spots found at several darknesses the one that stands out most."""
    kept: list[Shining] = []
    for spot in sorted(spots, key=lambda spot: (-spot.contrast, spot.x, spot.y)):
        if all(_between(spot, other) > max(spot.radius, other.radius) for other in kept):
            kept.append(spot)
    return kept


def _between(one: Shining, other: Shining) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _are_alike(one: Shining, other: Shining) -> bool:
    return min(one.radius, other.radius) >= LIKE_IT * max(one.radius, other.radius)


def _are_a_pair(left: Shining, right: Shining) -> bool:
    """Whether they are of one size, as far apart as eyes are, and not above each other."""
    apart = _between(left, right) / ((left.radius + right.radius) / 2)
    tilt = math.degrees(math.atan2(abs(right.y - left.y), right.x - left.x))
    return _are_alike(left, right) and APART[0] <= apart <= APART[1] and tilt <= STEEPEST


def _dark_between(left: Shining, right: Shining, soft: Floats) -> float:
    """The share of the way from one to the other that is as dark as they are."""
    apart = _between(left, right)
    start, end = 1.5 * left.radius / apart, 1 - 1.5 * right.radius / apart
    ways = np.linspace(start, end, max(2, round(apart)))
    columns, rows = left.x + ways * (right.x - left.x), left.y + ways * (right.y - left.y)
    return float((soft[rows.astype(int), columns.astype(int)] < min(left.limit, right.limit)).mean())


def _are_a_pattern(left: Shining, right: Shining, spots: list[Shining]) -> bool:
    """Whether there is a third spot like these near them."""
    x, y, reach = (left.x + right.x) / 2, (left.y + right.y) / 2, VICINITY * _between(left, right)
    others = (spot for spot in spots if spot not in (left, right))
    return any(
        math.hypot(spot.x - x, spot.y - y) < reach and (_are_alike(spot, left) or _are_alike(spot, right))
        for spot in others
    )
