"""Edge strength over several scales, from the colour structure tensor (Di Zenzo, 1986)."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from generations.lineart.arrays import Floats, blur, wide_blur
from generations.lineart.flow import Flow, flow_of, smooth_along

FINE, MIDDLE, COARSE = 1.3, 2.8, 6.0  # px at unit scale
FLOW = 3.5  # px at unit scale that the flow is smoothed by
TEXTURE_DAMPING = 0.5  # how much of the surrounding edge strength is taken off


class Tensor(NamedTuple):
    """The structure tensor of a picture, one image a component."""

    xx: Floats
    xy: Floats
    yy: Floats


@dataclass(frozen=True, eq=False)
class Edges:
    """Edge strength in scale-normalised Lab units per px, and the flow along edges, at half size."""

    strength: Floats
    distinct: Floats  # strength above that of the surroundings: texture is gone here
    flow: Flow


def structure_tensor(lab: Floats, sigma: float) -> Tensor:
    """Products of the Gaussian derivatives at `sigma` px, summed over the channels, scale-normalised."""
    smoothed = blur(lab, sigma)
    dx = np.asarray(cv2.Sobel(smoothed, cv2.CV_32F, 1, 0, ksize=3, scale=sigma / 8), np.float32)
    dy = np.asarray(cv2.Sobel(smoothed, cv2.CV_32F, 0, 1, ksize=3, scale=sigma / 8), np.float32)
    return Tensor(_channel_sum(dx * dx), _channel_sum(dx * dy), _channel_sum(dy * dy))


def _channel_sum(image: Floats) -> Floats:
    return np.asarray(cv2.transform(image, np.ones((1, 3), np.float32)), np.float32)


def largest_change(tensor: Tensor) -> Floats:
    """Square root of the tensor's larger eigenvalue: the change across the edge."""
    difference = tensor.xx - tensor.yy
    root = np.sqrt(difference * difference + 4 * tensor.xy * tensor.xy)
    return np.asarray(np.sqrt(0.5 * (tensor.xx + tensor.yy + root)), np.float32)


def find_edges(lab: Floats, scale: float) -> Edges:
    """Edge strength and flow of a smoothed Lab picture (H,W,3) at half size; lengths are those of the whole."""
    fine, middle, coarse = (structure_tensor(lab, sigma * scale / 2) for sigma in (FINE, MIDDLE, COARSE))
    flow = flow_of(*(blur(f + m, FLOW * scale / 2) for f, m in zip(fine, middle, strict=True)))
    raw = _combine(largest_change(fine), largest_change(middle), largest_change(coarse))
    strength = smooth_along(raw, flow, 2.5 * scale, 1.0)
    return Edges(strength, suppress_texture(strength, TEXTURE_DAMPING, scale / 2), flow)


def _combine(fine: Floats, middle: Floats, coarse: Floats) -> Floats:
    """The mean of the geometric means of neighbouring scales: an edge must be seen in both to count."""
    return np.asarray(0.5 * (np.sqrt(fine * middle) + np.sqrt(middle * coarse)), np.float32)


def suppress_texture(strength: Floats, damping: float, scale: float) -> Floats:
    """Take off `damping` times the mean strength of the surrounding ring (Grigorescu, Petkov and Westenberg, 2003)."""
    inner, outer = wide_blur(strength, 4 * scale), wide_blur(strength, 15 * scale)
    ring = np.maximum(outer * 1.25 - inner * 0.25, 0)
    return np.asarray(np.maximum(strength - damping * ring, 0), np.float32)
