"""Dash fields: many short lines side by side in one direction are grass, bark or wood grain, not things."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask, polyline_length

MOST_DASH_MM = 16.0  # a longer line is something of its own
FIELD_MM = 14.0  # how near to each other the middles of dashes lie
SAME_WAY = math.radians(25)
LEAST_FIELD = 3  # others beside a dash that make it one of a field


def in_dash_fields(lines: Sequence[NDArray[np.generic]], mm: float) -> Mask:
    """Which of the lines (each (N,2) px) lie in a field of dashes; `mm` is a millimetre on paper in px."""
    if not lines:
        return np.zeros(0, np.bool_)
    short = np.array([polyline_length(line) <= MOST_DASH_MM * mm for line in lines])
    middles = np.array([line.mean(axis=0) for line in lines])
    ways = np.array([np.arctan2(*(line[-1] - line[0]).astype(float)) for line in lines])
    near = np.hypot(*(middles[:, None] - middles).T) <= FIELD_MM * mm
    alike = np.abs(np.sin(ways[:, None] - ways)) <= math.sin(SAME_WAY)
    beside = (near & alike & short).sum(axis=1) - short
    return np.asarray(short & (beside >= LEAST_FIELD), np.bool_)
