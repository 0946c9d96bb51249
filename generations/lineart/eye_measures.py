"""Sixteen plain numbers of a dark disc that tell an eye from a window, a knee or a hole."""

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Mask
from generations.lineart.scene import Scene

RINGS = np.array([0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.6, 2.0, 2.6, 3.4], np.float32)  # radii that are looked at
DIRECTIONS = np.arange(16, dtype=np.float32) * np.float32(np.pi / 8)
CORE, AROUND, BEYOND, FAR, OUTERMOST = np.s_[:3], np.s_[5:7], np.s_[6:], 8, 9  # of RINGS
COLOURS_AROUND, BUSY = np.s_[5:8], np.s_[7:]
DARKEST = 5  # percentile of the picture's lightness
SMALL = 8.0  # px at unit scale: discs no larger than that have few pixels
GREEN = -2.0  # a* of Lab: anything less is green
HALF = np.array([0.5, 0.5, 0.5, 1.0], np.float32)  # discs on a map at half size
# A disc like it: times its radius; radii away; how steep at most the way to it; lightness of cores and of contrasts.
ALIKE, APART, STEEPEST = (0.6, 1.67), (2.5, 16.0), 0.8
AS_DARK, AS_DISTINCT = 14.0, 20.0


def around(image: Floats, discs: Floats) -> Floats:
    """An image (H,W) or (H,W,C) on the RINGS around discs, in 16 directions: (N,10,16) or (N,10,16,C)."""
    reach = discs[:, 2, None, None] * RINGS[:, None]
    x = discs[:, 0, None, None] + reach * np.cos(DIRECTIONS) - 0.5
    y = discs[:, 1, None, None] + reach * np.sin(DIRECTIONS) - 0.5
    columns, rows = (np.asarray(axis, np.float32).reshape(-1, len(DIRECTIONS)) for axis in (x, y))
    seen = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32).reshape(*x.shape, *image.shape[2:])


def levels_of(seen: Floats) -> tuple[Floats, Floats]:
    """Mean lightness (N,) of discs, and of what is around them, on lightness (N,10,16)."""
    core, ring = (seen[:, rings].mean(axis=(1, 2)) for rings in (CORE, AROUND))
    return np.asarray(core, np.float32), np.asarray(ring, np.float32)


def rims_of(seen: Floats) -> Floats:
    """Radii (N,16) at which discs end in each direction: where lightness (N,10,16) is midway to that around."""
    core, ring = levels_of(seen)
    level = (core + ring) / 2
    lighter = seen > level[:, None, None]
    lighter[:, 0] = False
    first = np.where(lighter.any(axis=1), lighter.argmax(axis=1), len(RINGS) - 1)
    before = np.maximum(first - 1, 0)
    inner, outer = (np.take_along_axis(seen, ring[:, None], axis=1)[:, 0] for ring in (before, first))
    share = np.clip((level[:, None] - inner) / (outer - inner + 1e-3), 0, 1)
    return np.asarray(RINGS[before] + share * (RINGS[first] - RINGS[before]), np.float32)


def measures(discs: Floats, scene: Scene) -> dict[str, Floats]:
    """What is measured of each disc (N,4) of a picture, by name, all (N,)."""
    light, important = around(scene.lightness, discs), around(scene.importance, discs)
    busy = around(scene.strength, discs * HALF)
    core, ring = levels_of(light)
    rim = rims_of(light)
    within = light[:, CORE].reshape(len(discs), -1)
    return {
        "circle": discs[:, 3],
        "size": np.log(discs[:, 2] / scene.scale),
        "small": np.minimum(discs[:, 2] / scene.scale, SMALL),
        "height": discs[:, 1] / len(scene.lightness),
        "core": core,
        "above_black": core - np.float32(np.percentile(scene.lightness[::4, ::4], DARKEST)),
        "highlight": within.max(axis=1) - np.median(within, axis=1),
        "uneven_rim": rim.std(axis=1) / rim.mean(axis=1),
        "uneven_around": light[:, FAR].std(axis=1),
        "grain": np.abs(np.diff(light[:, BEYOND], axis=2)).mean(axis=(1, 2)),
        "busy": busy[:, BUSY].mean(axis=(1, 2)),
        "important": important[:, :5].mean(axis=(1, 2)),
        "important_around": important[:, OUTERMOST].mean(axis=1),
        "like_it": _like_it(discs, core, ring - core),
        **_colours(around(scene.lab, discs)),
    }


def _colours(seen: Floats) -> dict[str, Floats]:
    return {
        "green_around": np.minimum(seen[:, COLOURS_AROUND, :, 1].mean(axis=(1, 2)), GREEN),
        "yellow": seen[:, CORE, :, 2].mean(axis=(1, 2)),
    }


def _like_it(discs: Floats, core: Floats, contrast: Floats) -> Floats:
    """How many discs beside each are about as large, as dark and as distinct."""
    x, y, radius = discs[:, :3].T
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    is_like = _is_within(radius / radius[:, None], ALIKE) & _is_within(apart / radius[:, None], APART)
    is_like &= np.abs(y[:, None] - y) < STEEPEST * apart
    is_like &= np.abs(core[:, None] - core) < AS_DARK
    is_like &= np.abs(contrast[:, None] - contrast) < AS_DISTINCT
    return is_like.sum(axis=1).astype(np.float32)


def _is_within(values: Floats, limits: tuple[float, float]) -> Mask:
    return (values > limits[0]) & (values < limits[1])
