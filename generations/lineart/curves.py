"""Operations on polylines (N,2), x and y in px or mm: smoothing, simplifying, Catmull-Rom as Bezier curves."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from generations.lineart.arrays import Points

# Marks of points: may go when a line is simplified; stay; stay, and turn sharply.
FREE, KEPT, CORNER = 0, 1, 2
LEAST_STEP = 1e-6  # px: nearer points are one


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


def bezier_controls(lines: Sequence[Points], *, closed: bool) -> list[Points]:
    """Cubic Bezier pieces (M,4,2) of the Catmull-Rom spline through the points of each line (Catmull and Rom, 1974).

    Chord-length parametrisation, so that uneven spacing makes no loops. Two points or more. A point that comes twice
    is a corner: both sides end there as an open line does. All at once is many times as fast as one after the other.
    """
    if not lines:
        return []
    pieces, counts = _controls(lines, closed=closed)
    return np.split(pieces, np.cumsum(counts)[:-1])


def flatten(points: Points, steps: int, *, closed: bool) -> Points:
    """The spline through the points as a polyline with `steps` straight pieces between two points."""
    return flatten_all([points], steps, closed=closed)[0]


def flatten_all(lines: Sequence[Points], steps: int, *, closed: bool) -> list[Points]:
    """Each line as `flatten` gives it, many times as fast as one after the other."""
    curved = [line for line in lines if closed or len(line) > 2]
    if not curved:
        return list(lines)
    pieces, counts = _controls(curved, closed=closed)
    t = (np.arange(steps) / steps)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    points = np.einsum("sk,mkd->msd", weights, pieces).reshape(-1, 2)
    flat = iter(np.split(points, np.cumsum(counts * steps)[:-1]))
    return [_ended(next(flat), line, closed=closed) if closed or len(line) > 2 else line for line in lines]


def _ended(flat: Points, line: Points, *, closed: bool) -> Points:
    return flat if closed else np.concatenate([flat, line[-1:]])


def _controls(lines: Sequence[Points], *, closed: bool) -> tuple[Points, NDArray[np.intp]]:
    """The pieces of all lines, but for those without length, and how many each line has: all at once, for speed."""
    around = [_around(line, closed=closed) for line in lines]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in around])
    whole = np.concatenate(around)
    before, start, end, after = whole[:-3], whole[1:-2], whole[2:-1], whole[3:]
    chord_before, chord, chord_after = _lengths(start - before), _lengths(end - start), _lengths(after - end)
    leave = (end - before) / np.maximum(chord_before + chord, 1e-6) * chord
    arrive = (after - start) / np.maximum(chord + chord_after, 1e-6) * chord
    pieces = np.stack([start, start + leave / 3, end - arrive / 3, end], axis=1)
    there = (owner[:-3] == owner[3:]) & (chord[:, 0] > 0)
    return pieces[there], np.bincount(owner[:-3][there], minlength=len(lines))


def _around(line: Points, *, closed: bool) -> Points:
    """The line with one more point before and one or two behind it, which say how its spline begins and ends."""
    return np.concatenate([line[-1:] if closed else line[:1], line, line[:2] if closed else line[-1:]])


def _lengths(vectors: Points) -> Points:
    return np.hypot(vectors[:, :1], vectors[:, 1:])


def dense(points: Points) -> Points:
    """Points a px apart along the smooth curve (a cubic spline) through these (N,2) px."""
    apart = np.hypot(*np.diff(points, axis=0).T)
    points = points[np.r_[True, apart > LEAST_STEP]]
    if len(points) < 2:
        return points
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    return np.asarray(
        CubicSpline(along, points)(np.r_[np.arange(0.0, along[-1], 1.0), along[-1]]), np.float64
    )
