"""Is a dark spot an eye? It lies alone in even fur, skin or feathers, far darker than these, or it shines."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Mask, Points

LEAST_CONTRAST = 30.0  # lightness between the ring around and the spot
MOST_LIGHTNESS = 10.0  # of a spot without a highlight
MOST_LIGHT_SPREAD, MOST_COLOUR_SPREAD = 17.0, 10.0  # standard deviations in the ring, Lab units
RIM, RING, SURROUNDINGS, VICINITY = 0.35, 1.0, 3.0, 7.0  # radii from the spot outwards
MOST_LIKE_IT = 1  # other dark spots of about its size in the vicinity: the other eye; more are a pattern
LIKE_IT = (0.2, 6.0)  # times its area
MOST_DARK, MOST_DARK_NEAR = 0.04, 0.03  # shares of the vicinity, of the surroundings
LEAST_SHINE = 40.0  # lightness of a highlight above the spot
DEPTH, DEPTH_PX = 0.25, 2.0  # radii, px: how deep inside it lies, where no fur shines through
SHINE_COLOUR_SPREAD = 6.0  # in the ring around a shining eye, whatever else is near
SHINE_ROUNDNESS, SHINE_AXIS_RATIO = 0.9, 0.75


@dataclass(frozen=True, eq=False)
class _Place:
    """A spot and what is around it: `inside`, and how many px everything else is `away` from it."""

    soft: Floats  # lightness, slightly blurred
    light: Floats
    lab: Floats
    inside: Mask
    away: Floats
    area: float

    @property
    def radius(self) -> float:
        return math.sqrt(self.area / math.pi)

    def highlight(self) -> float:
        """The greatest lightness well inside the spot."""
        depth = cv2.distanceTransform(self.inside.view(np.uint8), cv2.DIST_L2, 5)
        return float(self.light[depth > max(DEPTH_PX, DEPTH * self.radius)].max(initial=0))

    def ring(self, to: float, least_px: float) -> Mask:
        """What lies between the spot's rim and `to` radii from it."""
        rim = max(2.0, RIM * self.radius)
        return np.asarray((self.away > rim) & (self.away <= max(least_px, to * self.radius)), np.bool_)


def is_eye(outline: Points, soft: Floats, light: Floats, lab: Floats) -> bool:
    """Whether the dark spot with this outline (N,2) px is an eye, rather than a knee, a gap, a window or a pattern.

    `light` is the stretched lightness (H,W), `soft` the same slightly blurred, `lab` the colours (H,W,3).
    """
    place = _place_of(outline, soft, light, lab)
    core = cv2.erode(place.inside.view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    ring = place.ring(RING, 4)
    if not core.any() or not ring.any():
        return False
    spot, around = float(place.soft[core].mean()), float(place.soft[ring].mean())
    spread = place.lab[ring].std(axis=0)
    if (
        around - spot < LEAST_CONTRAST
        or spread[0] > MOST_LIGHT_SPREAD
        or spread[1:].max() > MOST_COLOUR_SPREAD
    ):
        return False
    shines = place.highlight() - spot >= LEAST_SHINE
    if shines and spread[1:].max() <= SHINE_COLOUR_SPREAD and _is_round(outline):
        return True
    return (shines or spot <= MOST_LIGHTNESS) and _is_alone(place, (spot + around) / 2)


def _place_of(outline: Points, soft: Floats, light: Floats, lab: Floats) -> _Place:
    corners = np.round(outline).astype(np.int32)
    area = max(float(cv2.contourArea(corners)), 1.0)
    x, y = outline.mean(axis=0).astype(int).tolist()
    reach = int(max(12.0, VICINITY * math.sqrt(area / math.pi)))
    left, top = max(x - reach, 0), max(y - reach, 0)
    window = np.s_[top : y + reach, left : x + reach]
    inside = np.zeros(soft[window].shape, np.uint8)
    cv2.fillPoly(inside, [corners - np.array([left, top], np.int32)], 1)
    away = np.asarray(cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5), np.float32)
    return _Place(soft[window], light[window], lab[window], inside > 0, away, area)


def _is_alone(place: _Place, level: float) -> bool:
    """Whether hardly anything else around is darker than `level`."""
    dark = (place.soft < level) & place.ring(math.inf, 0)
    near = place.ring(SURROUNDINGS, 8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.view(np.uint8), connectivity=8)
    sizes = stats[1:, cv2.CC_STAT_AREA] / place.area
    like_it = np.count_nonzero((sizes > LIKE_IT[0]) & (sizes < LIKE_IT[1]))
    few = dark.mean() <= MOST_DARK and dark[near].mean() <= MOST_DARK_NEAR
    return bool(few and like_it <= MOST_LIKE_IT)


def _is_round(outline: Points) -> bool:
    line = outline.astype(np.float32)
    roundness = 4 * math.pi * cv2.contourArea(line) / max(cv2.arcLength(line, True) ** 2, 1e-6)
    axes = cv2.fitEllipse(line)[1]
    return roundness >= SHINE_ROUNDNESS and min(axes) >= SHINE_AXIS_RATIO * max(axes)
