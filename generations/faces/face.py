"""A face: where its parts are. The points are those of Google's face mesh, numbered as there."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generations.faces.box import Box
from generations.faces.squares import Points

# Left and right as seen on the picture. Eyes: lower lid from the outer to the inner corner, then the upper one.
LEFT_EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173)
RIGHT_EYE = (263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398)
OUTLINE: tuple[int, ...] = (
    10,
    338,
    297,
    332,
    284,
    251,
    389,
    356,
    454,
    323,
    361,
    288,
    397,
    365,
    379,
    378,
    400,
    377,
)
OUTLINE += (152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
MOUTH, BRIDGE, TEMPLES = (78, 308, 13, 14), 6, (234, 454)

EYE_DISTANCE, MOUTH_BELOW, EYE_LINE = 0.38, 0.40, 0.40  # shares of the box around an upright face
# Of the width between the temples: how far beyond one of them the bridge of the nose of a profile is.
ASIDE = 0.1


@dataclass(frozen=True, eq=False)
class Eye:
    """Its lids (9,2) from left to right, and its iris, all in px."""

    upper: Points
    lower: Points
    middle: Points
    iris: float  # radius

    @property
    def width(self) -> float:
        return float(np.hypot(*(self.upper[-1] - self.upper[0])))

    @property
    def openness(self) -> float:
        """How far the lids are apart, in widths of the eye."""
        return float(np.hypot(*(self.upper - self.lower).T).max()) / max(self.width, 1e-6)


@dataclass(frozen=True, eq=False)
class Face:
    """A face in px: `points` (468,2) of the mesh and `irises` (2,3), x, y and radius of each, the left one first."""

    points: Points
    irises: Points

    def scaled(self, factor: float) -> "Face":
        """The same face in a picture of another size."""
        return Face(self.points * factor, self.irises * factor)

    @cached_property
    def eyes(self) -> tuple[Eye, Eye]:
        """The left and the right one, as seen on the picture."""
        return self._eye(LEFT_EYE, 0, 1), self._eye(RIGHT_EYE, 1, -1)

    def _eye(self, numbers: tuple[int, ...], which: int, way: int) -> Eye:
        lids = self.points[list(numbers)]
        lower, upper = lids[:9], np.concatenate([lids[:1], lids[9:], lids[8:9]])
        x, y, radius = self.irises[which].tolist()
        return Eye(upper[::way], lower[::way], np.array([x, y]), radius)

    @property
    def outline(self) -> Points:
        """(36,2) from the middle of the forehead, clockwise."""
        return self.points[list(OUTLINE)]

    @cached_property
    def lean(self) -> float:
        """Radians clockwise."""
        right, down = self.points[RIGHT_EYE[0]] - self.points[LEFT_EYE[0]]
        return math.atan2(down, right)

    @cached_property
    def box(self) -> Box:
        """An upright square: eyes two fifths from its top, the mouth four fifths, were the face upright."""
        left, right = (self.points[[eye[0], eye[8]]].mean(axis=0) for eye in (LEFT_EYE, RIGHT_EYE))
        mouth, between = self.points[list(MOUTH)].mean(axis=0), (left + right) / 2
        apart, below = np.hypot(*(right - left)), np.hypot(*(mouth - between))
        side = float(max(apart / EYE_DISTANCE, below / MOUTH_BELOW))
        down = np.array([-math.sin(self.lean), math.cos(self.lean)])
        x, y = (between + (0.5 - EYE_LINE) * side * down - side / 2).tolist()
        return Box(x, y, side, side)

    @cached_property
    def looks(self) -> float:
        """Where between the temples the bridge of the nose is: 0.5 straight ahead, beyond 0 and 1 from the side."""
        left, right = self.points[list(TEMPLES)]
        across = right - left
        return float((self.points[BRIDGE] - left) @ across / max(float(across @ across), 1e-6))

    @property
    def is_aside(self) -> bool:
        """Whether it is seen from the side, so that one eye and half of the mouth are hidden."""
        return not -ASIDE < self.looks < 1 + ASIDE
