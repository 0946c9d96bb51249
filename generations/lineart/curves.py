"""Operations on polylines (N,2), x and y in px or mm: smoothing, simplifying, Catmull-Rom as Bezier curves."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points

FREE, KEPT, CORNER = (
    0,
    1,
    2,
)  # marks of points: may go when a line is simplified; stay; stay, and turn sharply


def smooth_line(points: Points, sigma: float, *, closed: bool) -> Points:
    """Gaussian smoothing along the line, `sigma` in points; the ends of an open line stay where they are."""
    if len(points) < 5:
        return points
    reach = max(1, min(int(3 * sigma), len(points) - 1))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = _padded(points, reach, closed=closed)
    smoothed = np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)], axis=1)
    if not closed:
        smoothed[0], smoothed[-1] = points[0], points[-1]
    return smoothed


def _padded(points: Points, reach: int, *, closed: bool) -> Points:
    """The line continued at both ends: around when closed, mirrored through its end points when open."""
    if closed:
        return np.concatenate([points[-reach:], points, points[:reach]])
    before = 2 * points[0] - points[reach:0:-1]
    after = 2 * points[-1] - points[-2 : -reach - 2 : -1]
    return np.concatenate([before, points, after])


def simplify(points: Points, tolerance: float, *, closed: bool) -> Points:
    """Douglas and Peucker (1973): fewer points, nowhere further than `tolerance` from the line."""
    line = points.astype(np.float32).reshape(-1, 1, 2)
    return np.asarray(cv2.approxPolyDP(line, tolerance, closed), np.float64).reshape(-1, 2)


def simplify_marked(points: Points, marks: NDArray[np.uint8], tolerance: float, *, closed: bool) -> Points:
    """As `simplify`, but marked points stay, and one marked CORNER comes twice, so that the spline turns sharply."""
    points = points.astype(np.float32).astype(np.float64)  # as `simplify` gives them: shared ends stay shared
    stops = np.flatnonzero(marks)
    if closed:
        if len(stops) < 2:
            return simplify(points, tolerance, closed=True)
        points, marks = np.roll(points, -stops[0], axis=0), np.roll(marks, -stops[0])
        points, marks = np.append(points, points[:1], axis=0), np.append(marks, marks[:1])
        stops = np.flatnonzero(marks)
    ends = np.unique([0, *stops, len(points) - 1])
    line = [points[:1]]
    for start, end in pairwise(ends.tolist()):
        line.append(simplify(points[start : end + 1], tolerance, closed=False)[1:])
        line.append(points[end : end + 1][: int(marks[end] == CORNER and end < len(points) - 1)])
    if closed:
        line[-2:] = [line[-2][:-1], points[:1][: int(marks[0] == CORNER)]]
    return np.concatenate(line)


def bezier_controls(points: Points, *, closed: bool) -> Points:
    """Cubic Bezier pieces (M,4,2) of the Catmull-Rom spline through the points (Catmull and Rom, 1974).

    Chord-length parametrisation, so that uneven spacing makes no loops. Two points or more. A point that comes twice
    is a corner: both sides end there as an open line does.
    """
    if closed:
        around = np.concatenate([points[-1:], points, points[:2]])
    else:
        around = np.concatenate([points[:1], points, points[-1:]])
    before, start, end, after = around[:-3], around[1:-2], around[2:-1], around[3:]
    chord_before, chord, chord_after = _lengths(start - before), _lengths(end - start), _lengths(after - end)
    leave = (end - before) / np.maximum(chord_before + chord, 1e-6) * chord
    arrive = (after - start) / np.maximum(chord + chord_after, 1e-6) * chord
    pieces = np.stack([start, start + leave / 3, end - arrive / 3, end], axis=1)
    return pieces[chord[:, 0] > 0]


def _lengths(vectors: Points) -> Points:
    return np.hypot(vectors[:, :1], vectors[:, 1:])


def flatten(points: Points, steps: int, *, closed: bool) -> Points:
    """The spline through the points as a polyline with `steps` straight pieces between two points."""
    if len(points) < 3 and not closed:
        return points
    pieces = bezier_controls(points, closed=closed)
    t = (np.arange(steps) / steps)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    flat = np.einsum("sk,mkd->msd", weights, pieces).reshape(-1, 2)
    return flat if closed else np.concatenate([flat, points[-1:]])
