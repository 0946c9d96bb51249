"""Where a line is straight or part of an ellipse: what ruler and compass go over."""

from collections.abc import Iterator

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.elliptic_runs import elliptic_runs
from generations.lineart.straight_runs import LEAST_STRAIGHT_MM, straight_runs
from generations.lineart.stretches import Run, Stretch


def find_runs(points: Points, mm: float) -> list[Run]:
    """Stretches of the open line through `points` that are elliptic or straight, in order; `mm` in px."""
    if len(points) < 4:
        return []
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if steps[-1] < LEAST_STRAIGHT_MM * mm:
        return []
    arcs = elliptic_runs(points, steps, 0, len(points) - 1, mm)
    rest = _gaps(arcs, len(points) - 1)
    straights = [run for start, end in rest for run in straight_runs(points, steps, start, end, mm)]
    return sorted([*arcs, *straights], key=lambda run: run.start)


def _gaps(runs: list[Run], last: int) -> Iterator[Stretch]:
    starts, ends = [0, *(run.end for run in runs)], [*(run.start for run in runs), last]
    return ((start, end) for start, end in zip(starts, ends, strict=True) if end - start > 3)
