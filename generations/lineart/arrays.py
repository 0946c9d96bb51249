"""The array types of the engine and the few image operations that several steps share."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Labels = NDArray[np.int32]
Mask = NDArray[np.bool_]
Points = NDArray[np.float64]


def blur(image: Floats, sigma: float) -> Floats:
    """Gaussian blur, `sigma` in px."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)


def wide_blur(image: Floats, sigma: float) -> Floats:
    """Gaussian blur for wide sigmas, on an image halved until the sigma is 2-4 px: within 1 % and far cheaper."""
    height, width = image.shape[:2]
    small = image
    while sigma >= 4 and min(small.shape[:2]) > 16:
        small, sigma = halve(small), sigma / 2
    return enlarge(blur(small, sigma), height, width)


def halve(image: Floats) -> Floats:
    """The image at half its size, each pixel the mean of four."""
    height, width = image.shape[:2]
    size = ((width + 1) // 2, (height + 1) // 2)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)


def enlarge(image: Floats, height: int, width: int) -> Floats:
    """The image at the given size, linearly interpolated; itself when it has that size."""
    if image.shape[:2] == (height, width):
        return image
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def components(mask: Mask, connectivity: int) -> tuple[int, Labels]:
    """Connected components: their number with the background (0), and the label of each pixel."""
    count, labels = cv2.connectedComponents(mask.view(np.uint8), connectivity=connectivity)
    return int(count), np.asarray(labels, np.int32)


def distance_inside(mask: Mask) -> Floats:
    """Distance in px of each True pixel to the nearest False one; 0 outside."""
    return np.asarray(cv2.distanceTransform(mask.view(np.uint8), cv2.DIST_L2, 3), np.float32)


def ellipse(shape: tuple[int, ...], centre: tuple[float, float], axes: tuple[float, float]) -> Floats:
    """1 inside the upright ellipse with half axes `axes` (x, y), 0 outside."""
    image = np.zeros(shape[:2], np.float32)
    middle, half = (int(centre[0]), int(centre[1])), (int(axes[0]), int(axes[1]))
    cv2.ellipse(image, middle, half, 0, 0, 360, 1.0, -1)
    return image


def label_means(values: Floats, labels: Labels, count: int) -> NDArray[np.float64]:
    """Mean of `values` (H,W) or (H,W,C) over each label: (count,) or (count,C)."""
    flat = labels.ravel().astype(np.intp)  # once, which `bincount` would do for every plane
    area = np.maximum(np.bincount(flat, minlength=count), 1)
    planes = values.reshape(flat.size, -1).T
    sums = np.stack([np.bincount(flat, plane, count) for plane in planes], axis=1)
    return np.asarray((sums / area[:, None]).reshape((count, *values.shape[2:])), np.float64)


def sample(image: NDArray[np.generic], points: NDArray[np.generic]) -> NDArray[np.float64]:
    """The image's values at points (N,2) given as x, y in px; points outside take the nearest pixel."""
    height, width = image.shape[:2]
    x, y = points.T.astype(np.intp)
    # Asked for thousands of short lines, for which `np.clip` takes three times as long.
    x, y = np.maximum(np.minimum(x, width - 1), 0), np.maximum(np.minimum(y, height - 1), 0)
    return np.asarray(image[y, x], np.float64)


def polyline_length(points: NDArray[np.generic]) -> float:
    """Length of the open polyline through points (N,2), in their unit."""
    x, y = points.T.astype(np.float64)
    return float(np.hypot(x[1:] - x[:-1], y[1:] - y[:-1]).sum())


def odd(radius: float) -> int:
    """Side of the square kernel that reaches `radius` px from its centre."""
    return 2 * max(1, math.ceil(radius)) + 1
