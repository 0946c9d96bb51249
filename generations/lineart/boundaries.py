"""The boundaries of a label map as one network of arcs with shared junctions: closed by construction."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from generations.lineart.arrays import Floats, Labels, Mask, Points, enlarge, sample
from generations.lineart.chains import Indexes, chains_of
from generations.lineart.curves import smooth_line
from generations.lineart.fitting import Course, fitted
from generations.lineart.ridges import led_to_ridges
from generations.lineart.ruling import ruled
from generations.lineart.settings import NOMINAL_MM_PER_PX
from generations.lineart.shapes import Straight

SHRINK, GROW = 0.5, -0.52  # Taubin's alternating factors: smoothing that does not shrink
CERTAIN_STRENGTH = 6.0  # edge strength at which a boundary is drawn as found
CALM_SIGMA, TRUE_SIGMA = 13.0, 1.2  # px of smoothing for the weakest and the strongest boundaries
RIDGE_REACH = 6.0  # px: half of the narrowest field of a standard page
TOLERANCE = 0.45  # px: of the spline from the line as it was found


@dataclass(frozen=True, eq=False)
class Arc:
    """A boundary line in working px (pixel corners are whole numbers), and the two regions that it parts."""

    points: Points
    closed: bool
    between: tuple[int, int] = (0, 0)


def boundary_arcs(labels: Labels, strength: Floats, rounding: int, calm: float, scale: float) -> list[Arc]:
    """All boundaries between regions, smoothed and simplified.

    `strength` is the edge strength on the same picture at any size, `rounding` the number of Taubin iterations,
    `calm` how much further they may be moved than on a standard page, `scale` working px per px at unit scale.
    """
    cracks, edges = crack_graph(labels)
    if len(edges) == 0:
        return []
    strength = enlarge(strength, *labels.shape)
    sides, chains = _frame_sides(cracks, labels.shape), chains_of(edges, len(cracks))
    rim = np.array([*sides], np.int64)
    corners = taubin(cracks, edges, rim, rounding)
    certain = sample(strength, corners) / CERTAIN_STRENGTH
    for chain in chains:
        sigma = _calm_sigma(certain[chain.nodes]) * calm * scale
        corners[chain.nodes] = _calmed(corners[chain.nodes], sigma, closed=chain.closed)
    corners = led_to_ridges(corners, edges, chains, rim, strength, RIDGE_REACH * calm * scale)
    corners, marks = ruled(corners, chains, sides, scale / NOMINAL_MM_PER_PX)
    corners = np.clip(corners, 0, np.array(labels.shape[::-1], np.float64))
    courses = [Course(corners[chain.nodes], marks[chain.nodes], chain.closed) for chain in chains]
    arcs = [
        Arc(line, chain.closed, _beside(labels, cracks[chain.nodes[:2]]))
        for line, chain in zip(fitted(courses, TOLERANCE * scale), chains, strict=True)
    ]
    return [arc for arc in arcs if len(arc.points) >= (3 if arc.closed else 2)]


def crack_graph(labels: Labels) -> tuple[Points, Indexes]:
    """Pixel corners (N,2) on boundaries and the unit edges (M,2) between them, from corner to corner."""
    stride = labels.shape[1] + 1
    row, column = _places(labels[:, 1:] != labels[:, :-1])
    upright = row * stride + column + 1
    row, column = _places(labels[1:] != labels[:-1])
    level = (row + 1) * stride + column
    starts, ends = np.concatenate([upright, level]), np.concatenate([upright + stride, level + 1])
    used, index = np.unique(np.stack([starts, ends], axis=1), return_inverse=True)
    corners = np.stack([used % stride, used // stride], axis=1).astype(np.float64)
    return corners, index.reshape(-1, 2)


def _places(mask: Mask) -> tuple[Indexes, Indexes]:
    """Rows and columns where a mask is True, as `np.nonzero` gives them: four times as fast where few are."""
    row, column = np.divmod(np.flatnonzero(mask), mask.shape[1])
    return row, column


def _beside(labels: Labels, crack: Points) -> tuple[int, int]:
    """The regions on both sides of a crack (2,2), the unit edge between two pixel corners."""
    x, y = crack.min(axis=0).astype(int).tolist()
    before = labels[y, x - 1] if crack[0, 0] == crack[1, 0] else labels[y - 1, x]
    return int(before), int(labels[y, x])


def _frame_sides(corners: Points, shape: tuple[int, ...]) -> dict[int, Straight]:
    """The corners on the picture's rim, each with the side that it lies on."""
    height, width = shape[:2]
    level, upright = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    sides = ((1, 0, level), (1, height, level), (0, 0, upright), (0, width, upright))
    return {
        node: Straight(corners[node], along)
        for axis, at, along in sides
        for node in np.flatnonzero(corners[:, axis] == at).tolist()
    }


def taubin(corners: Points, edges: Indexes, fixed: Indexes, iterations: int) -> Points:
    """Smooth the whole network without shrinking it (Taubin, 1995); `fixed` corners stay."""
    count = len(corners)
    ends = np.concatenate([edges, edges[:, ::-1]])
    links = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    degree = np.maximum(np.asarray(links.sum(axis=1)), 1)
    smoothed = corners.copy()
    for _ in range(iterations):
        for factor in (SHRINK, GROW):
            smoothed += factor * (links @ smoothed / degree - smoothed)
            smoothed[fixed] = corners[fixed]
    return smoothed


def _calm_sigma(certain: Points) -> float:
    """Uncertain boundaries are drawn with a calmer hand: smoothed the more, the weaker the edge is along the line."""
    return max(TRUE_SIGMA, min(CALM_SIGMA, CALM_SIGMA * (1 - float(certain.mean()))))


def _calmed(line: Points, sigma: float, *, closed: bool) -> Points:
    return smooth_line(line, min(sigma, max(len(line) / 8, 0.5)), closed=closed)
