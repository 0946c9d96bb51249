"""The rims of eyes as detail lines: what is white around a pupil, or too large to be black, has a line around it."""

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Points
from generations.lineart.curves import flatten
from generations.lineart.details import Traces
from generations.lineart.eyes import Eye

STRENGTH = 255  # whatever else is near, an eye has its rim
STEPS = 4  # straight pieces between two points of a rim


def rims_of(eyes: tuple[Eye, ...]) -> Traces:
    """The rims of these eyes as closed lines."""
    lines = [_traced(eye.rim) for eye in eyes if eye.rim is not None]
    return Traces.of(lines, [np.full(len(line), STRENGTH, np.uint8) for line in lines], [True] * len(lines))


def _traced(rim: Points) -> NDArray[np.int16]:
    """The pixels (N,2) of a closed curve through these points; the first one comes again at the end."""
    curve = flatten(rim, STEPS, closed=True)
    return np.concatenate([curve, curve[:1]]).astype(np.int16)
