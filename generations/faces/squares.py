"""Squares that are cut out of a picture, leaning as a face does, for a network that wants its input so many px wide."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
LEAST_PX = 96  # no copy is smaller: nothing larger than that is shrunk further


@dataclass(frozen=True, eq=False)
class Copies:
    """A picture (H,W,3) and copies of it, each of half the size: cutting out of the next larger one leaves no grain."""

    pictures: tuple[Picture, ...]

    @classmethod
    def of(cls, picture: Picture) -> "Copies":
        copies = [picture]
        while max(copies[-1].shape[:2]) > 2 * LEAST_PX:
            height, width = copies[-1].shape[:2]
            half = (max(1, width // 2), max(1, height // 2))
            copies.append(np.asarray(cv2.resize(copies[-1], half, interpolation=cv2.INTER_AREA), np.uint8))
        return cls(tuple(copies))

    @property
    def width(self) -> int:
        return int(self.pictures[0].shape[1])

    @property
    def height(self) -> int:
        return int(self.pictures[0].shape[0])


@dataclass(frozen=True)
class Square:
    """Its middle and side in px of the picture, and how far it leans, in radians clockwise; it may reach over the rim."""

    x: float
    y: float
    side: float
    lean: float = 0.0
    mirrored: bool = False

    def cut(self, copies: Copies, px: int) -> Picture:
        """What it shows (px,px,3), black beyond the rim."""
        depth = min(max(int(math.log2(max(self.side / px, 1.0))), 0), len(copies.pictures) - 1)
        copy = copies.pictures[depth]
        across, down = copies.width / copy.shape[1], copies.height / copy.shape[0]
        way = self._way(px) @ np.diag([across, down, 1.0])
        cut = cv2.warpAffine(copy, way[:2], (px, px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return np.asarray(cut, np.uint8)

    def on_picture(self, points: Points, px: int) -> Points:
        """Where points (N,2) of what was cut lie on the picture."""
        back = np.linalg.inv(self._way(px))
        return np.asarray(points @ back[:2, :2].T + back[:2, 2], np.float64)

    def _way(self, px: int) -> NDArray[np.float64]:
        """(3,3): from the picture to what is cut."""
        factor = px / self.side
        cosine, sine = factor * math.cos(self.lean), factor * math.sin(self.lean)
        turn = np.array([[cosine, sine], [-sine, cosine]])
        if self.mirrored:
            turn[0] *= -1
        way = np.eye(3)
        way[:2, :2], way[:2, 2] = turn, px / 2 - turn @ (self.x, self.y)
        return way
