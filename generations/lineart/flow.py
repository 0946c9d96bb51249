"""The flow of a picture: the direction along its edges, smoothing along it, and dark lines across it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike

from generations.lineart.arrays import Floats, enlarge, halve

WIDE = 1.75  # px: half width from which a line is no finer than half the picture can show
BAND = 64  # rows that are worked on at a time: all that they need fits into a processor's own memory
# Halving softens lines: a narrower filter, made stronger, finds the same ones.
HALF_SIGMA, HALF_GAIN = 0.85, 1.38


@dataclass(frozen=True, eq=False)
class Flow:
    """Unit vectors along the edges; their sign is arbitrary."""

    x: Floats
    y: Floats


def flow_of(xx: Floats, xy: Floats, yy: Floats) -> Flow:
    """The direction of least change of a smoothed structure tensor, by the half-angle formulas."""
    cosine = xx - yy
    cosine /= np.sqrt(cosine * cosine + 4 * xy * xy) + np.float32(1e-9)
    across_x = np.sqrt(np.maximum(0.5 * (1 + cosine), 0))
    across_y = np.copysign(np.sqrt(np.maximum(0.5 * (1 - cosine), 0)), xy)
    return Flow(x=np.asarray(-across_y, np.float32), y=np.asarray(across_x, np.float32))


def enlarge_flow(flow: Flow, height: int, width: int) -> Flow:
    """The flow of a picture at a larger size. Doubled angles are interpolated: they do not mind the sign."""
    cosine = enlarge(flow.y * flow.y - flow.x * flow.x, height, width)
    sine = enlarge(-flow.x * flow.y, height, width)
    return flow_of(cosine, sine, np.zeros_like(cosine))


class _Band(NamedTuple):
    """Some rows of a picture, with x (1,W) and y (h,1) of their pixels."""

    rows: slice
    x: Floats
    y: Floats


def _bands(image: Floats) -> Iterator[_Band]:
    y, x = (np.arange(size, dtype=np.float32) for size in image.shape[:2])
    for start in range(0, len(y), BAND):
        rows = slice(start, start + BAND)
        yield _Band(rows, x[None], y[rows, None])


def _at(image: Floats, x: MatLike, y: MatLike, interpolation: int = cv2.INTER_LINEAR) -> Floats:
    moved = cv2.remap(image, x, y, interpolation, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def smooth_along(image: Floats, flow: Flow, sigma: float, step: float) -> Floats:
    """Gaussian mean of `image` along the stream lines (line integral convolution; Kang, Lee and Chui, 2007).

    `sigma` and the sampling `step` are in px.
    """
    weights = [math.exp(-0.5 * (k * step / sigma) ** 2) for k in range(1, math.ceil(2 * sigma / step) + 1)]
    total = image.copy()
    for band in _bands(image):
        for sign in (1, -1):
            _add_along(total[band.rows], image, flow, band, sign * step, weights)
    total /= 1 + 2 * sum(weights)
    return total


def _add_along(
    total: Floats, image: Floats, flow: Flow, band: _Band, step: float, weights: list[float]
) -> None:
    """Add the image along one half of a band's stream lines: in place, for fresh memory takes as long as the sums."""
    move_x, move_y = (vector[band.rows] * np.float32(step) for vector in (flow.x, flow.y))
    x, y = band.x + move_x, band.y + move_y
    for weight in weights[:-1]:
        # Fixed-point maps, made once, serve three images and are read twice as fast.
        maps = cv2.convertMaps(x, y, cv2.CV_16SC2)
        _add(total, weight, _at(image, *maps))
        next_x, next_y = (_at(vector, *maps, cv2.INTER_NEAREST) for vector in (flow.x, flow.y))
        # A neighbour's vector may point the other way: keep going the way we came.
        move_x *= next_x
        move_y *= next_y
        move_x += move_y
        sense = np.copysign(np.float32(abs(step)), move_x, out=move_x)
        next_x *= sense
        next_y *= sense
        move_x, move_y = next_x, next_y
        x += move_x
        y += move_y
    _add(total, weights[-1], _at(image, x, y))


def _add(total: Floats, weight: float, image: Floats) -> None:
    """Add an image that nobody needs any more."""
    image *= np.float32(weight)
    total += image


def dark_lines(lightness: Floats, flow: Flow, sigma: float, along: float) -> Floats:
    """How much darker than its surroundings each pixel is, across the flow (FDoG; Kang, Lee and Chui, 2007).

    In lightness units, positive on dark lines; `sigma` is the half width of a line, `along` smooths along it (px).
    Wide lines are looked for at half size, where they are as wide as narrow ones and cost a quarter.
    """
    if sigma >= WIDE:
        half = Flow(*(np.ascontiguousarray(vector[::2, ::2]) for vector in (flow.x, flow.y)))
        small = dark_lines(halve(lightness), half, HALF_SIGMA * sigma / 2, along / 2)
        return enlarge(np.float32(HALF_GAIN) * small, *lightness.shape)
    reach = math.ceil(2 * 1.6 * sigma)
    offsets = range(-reach, reach + 1)
    narrow = np.array([math.exp(-0.5 * (k / sigma) ** 2) for k in offsets])
    wide = np.array([math.exp(-0.5 * (k / (1.6 * sigma)) ** 2) for k in offsets])
    kernel = (0.99 * wide / wide.sum() - narrow / narrow.sum()).astype(np.float32)
    response = np.zeros_like(lightness)
    for band in _bands(lightness):
        for offset, weight in zip(offsets, kernel.tolist(), strict=True):
            x, y = flow.y[band.rows] * np.float32(-offset), flow.x[band.rows] * np.float32(offset)
            x += band.x
            y += band.y
            _add(response[band.rows], weight, _at(lightness, x, y))
    return smooth_along(response, flow, along, step=max(1.0, along / 2))
