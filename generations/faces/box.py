"""Where a face is, which way it looks, and its eyes."""

import math
from dataclasses import dataclass, replace
from enum import Enum


@dataclass(frozen=True)
class Box:
    """An upright rectangle in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def at(self, right: float, down: float) -> tuple[float, float]:
        """The point at these shares of the width and height."""
        return self.x + right * self.width, self.y + down * self.height

    def scaled(self, factor: float) -> "Box":
        """The same rectangle in a picture of another size."""
        return Box(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    def moved(self, right: float, down: float) -> "Box":
        return Box(self.x + right, self.y + down, self.width, self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.x < x < self.x + self.width and self.y < y < self.y + self.height


class Gaze(Enum):
    """Where a face looks: into the camera or, seen from the side, to the left or right of the picture."""

    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Face:
    """A face and up to two eyes, in px. It leans by `tilt` degrees, clockwise, around the middle of its box."""

    box: Box
    eyes: tuple[Box, ...]
    tilt: float = 0.0
    gaze: Gaze = Gaze.AHEAD

    def scaled(self, factor: float) -> "Face":
        """The same face in a picture of another size."""
        return replace(self, box=self.box.scaled(factor), eyes=tuple(eye.scaled(factor) for eye in self.eyes))

    def at(self, right: float, down: float) -> tuple[float, float]:
        """The point at these shares of an upright face that looks ahead or to the left."""
        point = self.box.at(1 - right if self.gaze is Gaze.RIGHT else right, down)
        return turned(point, self.box.centre, self.tilt) if self.tilt else point


def turned(point: tuple[float, float], middle: tuple[float, float], degrees: float) -> tuple[float, float]:
    """The point turned clockwise around the middle, as seen on a picture whose y runs down."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = point[0] - middle[0], point[1] - middle[1]
    return middle[0] + cosine * x - sine * y, middle[1] + sine * x + cosine * y
