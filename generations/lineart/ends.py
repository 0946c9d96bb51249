"""Loose ends of detail lines: led on to a line ahead of them, or around to their own beginning."""

import math

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Labels, Points, polyline_length

REACH_MM = 3.5  # how far ahead an end is led on
CONE = math.radians(50)  # to each side of its direction
ROUND_MM, ROUND = 3.0, 4.0  # a line whose ends are this near, and this many times longer, goes around
DIRECTION_MM = 2.0  # over which the direction of an end is seen
HELD_PX = 1.5  # an end this near to a boundary line is not loose
BOUNDARY = -1  # owner of the boundaries' pixels; details own theirs by 1, 2, ...


def joined_up(lines: list[Points], free: list[bool], network: Floats, mm: float) -> list[Points]:
    """The open lines (each (N,2) px) with as many loose ends joined as have something to be joined to.

    Lines that are `free` stay as they are: a mouth ends freely. `network` (H,W) is the distance to the nearest
    boundary line, `mm` a millimetre on paper in px.
    """
    lines = [line if stays else _around(line, mm) for line, stays in zip(lines, free, strict=True)]
    owners = np.where(network < 1, np.int32(BOUNDARY), np.int32(0))
    for number, line in enumerate(lines, 1):
        cv2.polylines(owners, [np.round(line - 0.5).astype(np.int32)], False, number, 1)
    return [
        line if stays else _led_on(line, number, owners, network, mm)
        for number, (line, stays) in enumerate(zip(lines, free, strict=True), 1)
    ]


def _around(line: Points, mm: float) -> Points:
    """The line closed, when it nearly is."""
    gap, length = float(np.hypot(*(line[-1] - line[0]))), polyline_length(line)
    return (
        np.append(line, line[:1], axis=0)
        if gap <= ROUND_MM * mm and length >= max(ROUND * gap, 8 * mm)
        else line
    )


def _led_on(line: Points, number: int, owners: Labels, network: Floats, mm: float) -> Points:
    if (line[0] == line[-1]).all():
        return line
    before = _target(line[::-1], number, owners, network, mm)
    after = _target(line, number, owners, network, mm)
    return np.concatenate([before, line, after])


def _target(line: Points, number: int, owners: Labels, network: Floats, mm: float) -> Points:
    """The nearest point (1,2) of another line ahead of this line's last point; none (0,2) when it is held or alone."""
    end = line[-1]
    row, column = (
        int(np.clip(value, 0, size - 1)) for value, size in zip(end[::-1], owners.shape, strict=True)
    )
    if network[row, column] < HELD_PX:
        return np.zeros((0, 2))
    reach = int(REACH_MM * mm)
    top, left = max(row - reach, 0), max(column - reach, 0)
    window = owners[top : row + reach + 1, left : column + reach + 1]
    rows, columns = np.nonzero((window != 0) & (window != number))
    targets = np.stack([columns + left + 0.5, rows + top + 0.5], axis=1)
    steps = targets - end
    distance = np.hypot(*steps.T)
    ahead = steps @ _direction(line, mm) >= math.cos(CONE) * distance
    targets, distance = targets[ahead & (distance <= reach)], distance[ahead & (distance <= reach)]
    return targets[distance.argmin()][None] if len(targets) else np.zeros((0, 2))


def _direction(line: Points, mm: float) -> Points:
    """The unit direction in which a line arrives at its last point."""
    away = np.hypot(*(line - line[-1]).T)
    far = np.flatnonzero(away >= DIRECTION_MM * mm)
    step = line[-1] - line[far[-1] if len(far) else 0]
    return np.asarray(step / max(float(np.hypot(*step)), 1e-9), np.float64)
