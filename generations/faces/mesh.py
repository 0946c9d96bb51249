"""The parts of a face: Google's face mesh (Kartynnik and others, 2019) and its iris (Ablavatski and others, 2020)."""

import math

import numpy as np

from generations.faces.blaze import Found
from generations.faces.face import LEFT_EYE, RIGHT_EYE, Face
from generations.faces.networks import Network, likelihood
from generations.faces.squares import Copies, Points, Square

ROOM, EYE_ROOM = 1.5, 2.3  # sides of what is cut out: of a face, of an eye's width
SURE = 0.9  # how sure both looks must be that this is a face
OUTER, INNER = 0, 8  # corners in the list of an eye's points


class Mesh:
    """The networks, read from their files. One thread at a time."""

    def __init__(self) -> None:
        self._points = Network("face_landmark.tflite", 192, ("conv2d_20", "conv2d_30"))
        self._iris = Network("iris_landmark.tflite", 64, ("output_eyes_contours_and_brows", "output_iris"))

    def fit(self, copies: Copies, found: Found) -> Face | None:
        """The face at this place, looked at twice, the second time upright; None when it is no face."""
        x, y = found.middle.tolist()
        square = Square(x, y, ROOM * found.size, found.lean)
        for _ in range(2):
            points, sure = self._seen(copies, square)
            if sure < SURE:
                return None
            square = _around(points)
        left, left_iris = self._eye(copies, points[list(LEFT_EYE)], mirrored=False)
        right, right_iris = self._eye(copies, points[list(RIGHT_EYE)], mirrored=True)
        points[list(LEFT_EYE)], points[list(RIGHT_EYE)] = left, right
        irises = np.stack([left_iris, right_iris])
        # Both are of one size: a lid hides some of one, the nose some of the other.
        irises[:, 2] = irises[:, 2].max()
        return Face(points, irises)

    def _seen(self, copies: Copies, square: Square) -> tuple[Points, float]:
        """The 468 points (N,2) of the face in this square, and how sure it is that there is one."""
        px = self._points.px
        said, sure = self._points.ask(square.cut(copies, px))
        return square.on_picture(said.reshape(-1, 3)[:, :2], px), float(likelihood(sure)[0])

    def _eye(self, copies: Copies, eye: Points, *, mirrored: bool) -> tuple[Points, Points]:
        """Its lids (16,2) more exactly, and the iris: x, y and radius. The network knows left eyes."""
        (x, y), across = (eye[OUTER] + eye[INNER]) / 2, eye[INNER] - eye[OUTER]
        right, down = -across if mirrored else across
        square = Square(x, y, EYE_ROOM * math.hypot(right, down), math.atan2(down, right), mirrored)
        px = self._iris.px
        lids, iris = (
            square.on_picture(said.reshape(-1, 3)[:, :2], px)
            for said in self._iris.ask(square.cut(copies, px))
        )
        radius = float(np.hypot(*(iris[1:] - iris[0]).T).mean())
        return lids[: len(LEFT_EYE)], np.array([*iris[0], radius])


def _around(points: Points) -> Square:
    """The square around a face, leaning as its eyes do."""
    right, down = points[RIGHT_EYE[OUTER]] - points[LEFT_EYE[OUTER]]
    lean = math.atan2(down, right)
    x, y = ((points.min(axis=0) + points.max(axis=0)) / 2).tolist()
    turned = points @ np.array([[math.cos(lean), -math.sin(lean)], [math.sin(lean), math.cos(lean)]])
    return Square(x, y, ROOM * float(np.ptp(turned, axis=0).max()), lean)
