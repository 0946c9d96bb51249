"""Where faces may be in a square: BlazeFace (Bazarevsky and others, 2019), one network for near faces, one for far ones."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.faces.box import Box
from generations.faces.networks import Network, likelihood
from generations.faces.squares import Copies, Points, Square

VALUES = 16  # of each anchor: middle, size and six places of a face, as x and y
LIKELY = 0.6
LEAST_SPREAD = 4.0  # standard deviation of what a square shows: a plain sky has no face


@dataclass(frozen=True, eq=False)
class Found:
    """What may be a face, in px of the picture: how likely, its middle and size, and the eyes, left one first."""

    likely: float
    middle: Points
    size: float
    eyes: Points

    @property
    def lean(self) -> float:
        """Radians clockwise."""
        right, down = self.eyes[1] - self.eyes[0]
        return math.atan2(down, right)

    @property
    def box(self) -> Box:
        x, y = (self.middle - self.size / 2).tolist()
        return Box(x, y, self.size, self.size)


class BlazeFace:
    """A network whose outputs are, for each anchor, how likely a face is there and where its parts are from it."""

    def __init__(
        self, name: str, px: int, outputs: tuple[str, str], grids: tuple[tuple[int, int], ...]
    ) -> None:
        """`grids` are the anchors: so many a side, and how often each."""
        self._network = Network(name, px, outputs, lowest=-1.0)
        self._anchors = np.concatenate([_grid(side, times) for side, times in grids])

    def find(self, copies: Copies, square: Square) -> list[Found]:
        """All that may be faces in this square of the picture, most of them several times."""
        px = self._network.px
        picture = square.cut(copies, px)
        if picture.std() < LEAST_SPREAD:
            return []
        said, parts = self._network.ask(picture)
        likely = likelihood(said)
        there = np.flatnonzero(likely > LIKELY)
        places = parts.reshape(-1, VALUES // 2, 2)[there] / px
        places[:, [0, *range(2, VALUES // 2)]] += self._anchors[there, None]
        factor, corner = square.side, np.array([square.x, square.y]) - square.side / 2
        return [
            Found(
                float(sure), corner + factor * of[0], factor * float(of[1].max()), corner + factor * of[2:4]
            )
            for sure, of in zip(likely[there], places, strict=True)
        ]


def _grid(side: int, times: int) -> NDArray[np.float64]:
    """The middles (N,2), 0..1, of side x side cells, row by row, each so many times."""
    middles = (np.arange(side) + 0.5) / side
    across, down = np.meshgrid(middles, middles)
    return np.repeat(np.stack([across.ravel(), down.ravel()], axis=1), times, axis=0)


def near_faces() -> BlazeFace:
    """For faces that take a good part of the square."""
    outputs = ("classificators", "regressors")
    return BlazeFace("face_detection_short_range.tflite", 128, outputs, ((16, 2), (8, 6)))


def far_faces() -> BlazeFace:
    """For faces down to a sixteenth of the square."""
    outputs = ("reshaped_classifier_face_4", "reshaped_regressor_face_4")
    return BlazeFace("face_detection_full_range.tflite", 192, outputs, ((48, 1),))
