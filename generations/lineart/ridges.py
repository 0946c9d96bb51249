"""Lines led onto the ridge of the edge strength beside them: where regions were cleaned, their borders have strayed.

The moves of a network's points are those of a snake (Kass, Witkin and Terzopoulos, 1988): each is drawn to the ridge that
it sees across its line, the more the clearer it is, and held back by its neighbours along the line.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array
from scipy.sparse.linalg import splu

from generations.lineart.arrays import Floats, Points
from generations.lineart.chains import Chain, Indexes

STEPS = np.linspace(-1.0, 1.0, 25)  # of the reach: where a line looks for its ridge, on both sides
DISTRUST = 0.02  # of ridges further off, in edge strength per squared px
CLEAR = 0.5  # edge strength by which a sure ridge stands out
STIFFNESS = 15.0  # squared px along which neighbours follow one another
REST = 0.02  # how much a point that sees no ridge would rather stay, beside one that is sure of its own
MOST_ROWS = 30_000  # of places that are looked up at once: OpenCV takes no side above 32 766
HELD = 1e3  # the same of a point that must not move

Weights = NDArray[np.float64]


def led_to_ridges(
    points: Points, edges: Indexes, chains: list[Chain], held: Indexes, strength: Floats, reach: float
) -> Points:
    """The points (N,2) of a network, moved across their lines by at most `reach` px.

    `edges` (M,2) join neighbours, `chains` say where lines go, `held` points stay. `strength` is the edge strength at
    the points' own scale.
    """
    normals = _normals(points, chains)
    offsets = STEPS * reach
    x, y = (_beside(at, across, offsets) for at, across in zip(points.T, normals.T, strict=True))
    seen = _at(strength, x, y)
    best = (seen - DISTRUST * offsets**2).argmax(axis=1)
    weight = _certainty(seen, best)
    moves = offsets[best][:, None] * normals * weight[:, None]
    weight += REST
    weight[held], moves[held] = HELD, 0.0
    followed = _followed(moves, weight, edges)
    followed[held] = 0.0  # exactly: lines end on the rim
    return points + followed


def _normals(points: Points, chains: list[Chain]) -> Points:
    """Unit vectors (N,2) across the lines; 0 where lines meet or end."""
    normals = np.zeros_like(points)
    lines = [_around(chain) for chain in chains]
    nodes, owner = np.concatenate(lines), np.repeat(np.arange(len(lines)), list(map(len, lines)))
    inner = owner[:-2] == owner[2:]
    x, y = (points[nodes[2:][inner]] - points[nodes[:-2][inner]]).T
    across = np.stack([-y, x], axis=1) / np.maximum(np.hypot(x, y), 1e-9)[:, None]
    normals[nodes[1:-1][inner]] = across
    return normals


def _around(chain: Chain) -> Indexes:
    """The nodes of a chain; of a closed one with the last before the first and the first behind the last."""
    return np.pad(chain.nodes, 1, mode="wrap") if chain.closed else chain.nodes


def _beside(at: Weights, across: Weights, offsets: Weights) -> Floats:
    """Where (N,K) each point, at `at`, looks for its ridge, counted from the middle of the first pixel; one array serves."""
    places = np.multiply.outer(across, offsets)
    places += at[:, None]
    places -= 0.5
    return places.astype(np.float32)


def _at(strength: Floats, x: Floats, y: Floats) -> Weights:
    """The strength between pixels, linearly interpolated, at places (N,K)."""
    seen = [
        cv2.remap(strength, x[part], y[part], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for part in (slice(start, start + MOST_ROWS) for start in range(0, len(x), MOST_ROWS))
    ]
    return np.concatenate(seen, dtype=np.float64)


def _certainty(seen: Weights, best: NDArray[np.intp]) -> Weights:
    """How surely the `best` of the strengths `seen` (N,K) is a ridge, 0..1: it stands out and falls off on both sides."""
    height = seen[np.arange(len(seen)), best] - np.minimum(seen[:, 0], seen[:, -1])
    inside = (best > 0) & (best < seen.shape[1] - 1)
    return np.clip(height / CLEAR, 0.0, 1.0) * inside


def _followed(moves: Points, weight: Weights, edges: Indexes) -> Points:
    """The moves (N,2) that are nearest to `moves` / `weight` and to those of their neighbours."""
    pairs = np.concatenate([edges, edges[:, ::-1]])
    links = csr_matrix((np.full(len(pairs), STIFFNESS), (pairs[:, 0], pairs[:, 1])), shape=(len(moves),) * 2)
    system = diags_array(weight + np.asarray(links.sum(axis=1)).ravel()) - links
    return np.asarray(splu(system.tocsc()).solve(moves), np.float64)
