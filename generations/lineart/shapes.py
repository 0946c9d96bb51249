"""Straight lines and ellipses as a ruler and a compass draw them: least squares fits to points (N,2) in px."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Points

Vector = Points  # (2,)


@dataclass(frozen=True, eq=False)
class Straight:
    """The line through `centre` along the unit vector `direction`."""

    centre: Vector
    direction: Vector

    def nearest(self, points: Points) -> Points:
        """The points of the line closest to `points`."""
        return self.centre + ((points - self.centre) @ self.direction)[:, None] * self.direction

    def off(self, points: Points) -> Points:
        """Signed distance of each point from the line."""
        normal = np.array([-self.direction[1], self.direction[0]])
        return np.asarray((points - self.centre) @ normal, np.float64)

    def along(self, points: Points) -> Points:
        """Where on the line each point lies, in px from its centre."""
        return np.asarray((points - self.centre) @ self.direction, np.float64)

    def angle_to(self, other: "Straight") -> float:
        """The angle between two lines in radians, 0 to pi / 2."""
        return math.acos(min(1.0, abs(float(self.direction @ other.direction))))

    def meet(self, other: "Straight") -> Vector:
        """The crossing of two lines that are not parallel."""
        matrix = np.stack([self.direction, -other.direction], axis=1)
        return self.centre + self.direction * np.linalg.solve(matrix, other.centre - self.centre)[0]


@dataclass(frozen=True, eq=False)
class Ellipse:
    """An ellipse with half axes `axes`, turned by `angle` radians."""

    centre: Vector
    axes: tuple[float, float]
    angle: float

    def parameter(self, points: Points) -> Points:
        """The eccentric angle of each point, in radians."""
        x, y = self._own(points)
        return np.arctan2(y / self.axes[1], x / self.axes[0])

    def nearest(self, points: Points) -> Points:
        """Points of the ellipse with the same eccentric angles: nearest on a circle, near on any other."""
        t = self.parameter(points)
        x, y = self.axes[0] * np.cos(t), self.axes[1] * np.sin(t)
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return self.centre + np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=1)

    def off(self, points: Points) -> Points:
        """Distance of each point from the ellipse, to first order (Sampson, 1982)."""
        x, y = self._own(points)
        value = (x / self.axes[0]) ** 2 + (y / self.axes[1]) ** 2 - 1
        slope = 2 * np.hypot(x / self.axes[0] ** 2, y / self.axes[1] ** 2)
        return np.asarray(np.abs(value) / np.maximum(slope, 1e-9), np.float64)

    def _own(self, points: Points) -> tuple[Points, Points]:
        """x and y (N,) in the frame of the ellipse's axes."""
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        x, y = (points - self.centre).T
        return cosine * x + sine * y, cosine * y - sine * x


Shape = Straight | Ellipse


def fit_straight(points: Points) -> Straight:
    """The line with the least sum of squared distances (total least squares; Pearson, 1901)."""
    centre = _middle(points)
    x, y = (points - centre).T
    angle = math.atan2(2 * float(x @ y), float(x @ x - y @ y)) / 2
    direction = np.array([math.cos(angle), math.sin(angle)])
    return Straight(centre, direction if direction @ (points[-1] - points[0]) >= 0 else -direction)


def fit_ellipse(points: Points) -> Ellipse | None:
    """The ellipse by direct least squares (Fitzgibbon, Pilu and Fisher, 1999); None when there is none."""
    middle = _middle(points)  # far from the origin the fit loses digits in single precision
    (x, y), (width, height), degrees = cv2.fitEllipseDirect((points - middle).astype(np.float32))
    if not (math.isfinite(x + y + degrees) and width > 1 and height > 1):
        return None
    return Ellipse(middle + np.array([x, y]), (width / 2, height / 2), math.radians(degrees))


def _middle(points: Points) -> Vector:
    return np.asarray(
        points.sum(axis=0) / len(points), np.float64
    )  # half the time of `mean`, and asked for often
