"""The picture to fill, and free places in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

TRIES = 60


@dataclass(frozen=True)
class Box:
    """An upright rectangle in units from the picture's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height

    def shared(self, other: "Box") -> float:
        """Area that two boxes have in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    def scaled(self, factor: float) -> "Box":
        return Box(self.left * factor, self.top * factor, self.right * factor, self.bottom * factor)

    def moved(self, x: float, y: float) -> "Box":
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


@dataclass(frozen=True)
class Room:
    """The picture, in units of about a millimetre, and who decides what is left to chance."""

    width: float
    height: float
    random: Random
    rich: int = 1  # how much there is to see: 0 little, 1, 2 much

    @property
    def shorter(self) -> float:
        return min(self.width, self.height)

    def free_place(self, size: Box, within: Box, taken: Sequence[Box]) -> tuple[float, float, float]:
        """How far to move a box so that it lies within another and covers little of those taken, and what share it does.

        A box that does not fit is centred.
        """
        best = (0.0, 0.0, float("inf"))
        for _ in range(TRIES):
            x = self._somewhere(size.left, size.right, within.left, within.right)
            y = self._somewhere(size.top, size.bottom, within.top, within.bottom)
            there = size.moved(x, y)
            share = sum(there.shared(box) for box in taken) / max(size.area, 1e-6)
            if share < best[2]:
                best = (x, y, share)
        return best

    def _somewhere(self, low: float, high: float, least: float, most: float) -> float:
        room = (most - least) - (high - low)
        if room <= 0:
            return (least + most - low - high) / 2
        return least - low + room * self.random.random()
