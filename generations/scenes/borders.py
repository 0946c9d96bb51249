"""A band of one motif around a simple page."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from generations.scenes.outlines import Shape, Stroke
from generations.scenes.primitives import ellipse, flower, heart, joined, soft_star

WIDE = 16.15  # units that the band is wide, in every picture: of smaller motifs nothing is left to colour
APART = 1.2  # bands between the middles of two motifs
MOTIFS: tuple[Callable[[float, float, float], Shape], ...] = (
    lambda x, y, r: soft_star(x, y, 1.25 * r),
    lambda x, y, r: heart(x, y, 1.1 * r),
    lambda x, y, r: flower(x, y, 1.2 * r),
    lambda x, y, r: joined(ellipse(x, y, r, r), ellipse(x, y, 0.45 * r, 0.45 * r)),
)


@dataclass(frozen=True)
class Border:
    """The band; it covers what lies under it, `wide` units from the rim."""

    shape: Shape
    wide: float


def border(complexity: str, width: float, height: float, random: Random) -> Border | None:
    """The border of a page of this size; only simple pages have one."""
    if complexity != "simple":
        return None
    motif = random.choice(MOTIFS)
    motifs = joined(*(motif(x, y, 0.32 * WIDE) for x, y in _middles(width, height, WIDE)))
    frame = Stroke(_box(WIDE, WIDE, width - WIDE, height - WIDE), closed=True, smooth=False)
    covers = (
        _box(0, 0, width, WIDE),
        _box(0, height - WIDE, width, height),
        _box(0, 0, WIDE, height),
        _box(width - WIDE, 0, width, height),
    )
    return Border(Shape((frame, *motifs.strokes), covers=covers), WIDE)


def _box(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _middles(width: float, height: float, wide: float) -> list[tuple[float, float]]:
    """Evenly spaced middles of the motifs along the band, one in each corner."""
    across, down = width - wide, height - wide
    columns, rows = round(across / wide / APART), round(down / wide / APART)
    x = [wide / 2 + across * number / columns for number in range(columns + 1)]
    y = [wide / 2 + down * number / rows for number in range(1, rows)]
    level = [(one, edge) for edge in (wide / 2, height - wide / 2) for one in x]
    return level + [(edge, one) for edge in (wide / 2, width - wide / 2) for one in y]
