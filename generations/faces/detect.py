"""People's faces: looked for in the whole picture and in parts of it, and each made sure of by its mesh."""

import math
import threading
from collections.abc import Iterator
from typing import TypeVar

from generations.faces.blaze import BlazeFace, Found, far_faces, near_faces
from generations.faces.face import Face
from generations.faces.mesh import Mesh
from generations.faces.squares import Copies, Picture, Square

CLOSE = 1.6  # longer sides of the picture: with a rim around, a face may fill it
# Of the longer side: parts that are looked at from nearer, and how far they are apart.
PART, APART = 0.4, 0.32
MOST_FACES = 40
_own = threading.local()
Place = TypeVar("Place", Found, Face)


class Detector:
    """The networks, read from their files: afterwards no file is opened any more. One thread at a time."""

    def __init__(self) -> None:
        self._near, self._far, self._mesh = near_faces(), far_faces(), Mesh()

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """Faces in an RGB picture (H,W,3), left to right; down to about a fortieth of its longer side."""
        copies = Copies.of(picture)
        found = [one for network, square in self._looks(copies) for one in network.find(copies, square)]
        fitted = (self._mesh.fit(copies, one) for one in _distinct(found)[:MOST_FACES])
        faces = _apart([face for face in fitted if face is not None])
        return tuple(sorted(faces, key=lambda face: (face.box.x, face.box.y)))

    def _looks(self, copies: Copies) -> Iterator[tuple[BlazeFace, Square]]:
        longer, x, y = max(copies.width, copies.height), copies.width / 2, copies.height / 2
        yield self._near, Square(x, y, CLOSE * longer)
        yield self._far, Square(x, y, longer)
        for part_x in _middles(copies.width, longer):
            for part_y in _middles(copies.height, longer):
                yield self._far, Square(part_x, part_y, PART * longer)


def find_faces(picture: Picture) -> tuple[Face, ...]:
    """What the thread's own Detector finds in an RGB picture (H,W,3); to read its files takes 0.04 s."""
    if not hasattr(_own, "detector"):
        _own.detector = Detector()
    found: tuple[Face, ...] = _own.detector.find(picture)
    return found


def _middles(length: int, longer: int) -> list[float]:
    """Where the middles of parts are along a side of this length, so that they cover all of it."""
    part = PART * longer
    if length <= part:
        return [length / 2]
    steps = math.ceil((length - part) / (APART * longer))
    return [part / 2 + step * (length - part) / steps for step in range(steps + 1)]


def _distinct(found: list[Found]) -> list[Found]:
    """Of those that lie over each other the likeliest, likeliest first."""
    return _apart(sorted(found, key=lambda one: (-one.likely, *one.middle.tolist())))


def _apart(places: list[Place]) -> list[Place]:
    """Those that do not lie over one before them."""
    chosen: list[Place] = []
    for place in places:
        if not any(place.box.lies_over(other.box) for other in chosen):
            chosen.append(place)
    return chosen
