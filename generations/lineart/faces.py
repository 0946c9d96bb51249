"""People's faces: found by Haar cascades (Viola and Jones, 2001), accepted only when an eye is found in them."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, blur, ellipse

CASCADES = Path(cv2.__file__).parent / "data"
DETECTION_SIDE_PX = 480
EYE_SIDE_PX = 160
EYE_PART = 0.62  # eyes lie in the upper 62 % of a face box


@dataclass(frozen=True)
class Box:
    """An upright rectangle in working px."""

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

    def holds(self, x: float, y: float) -> bool:
        return self.x < x < self.x + self.width and self.y < y < self.y + self.height


@dataclass(frozen=True)
class Face:
    """A face and up to two eyes, in working px."""

    box: Box
    eyes: tuple[Box, ...]

    def scaled(self, factor: float) -> "Face":
        """The same face in a picture of another size."""
        return Face(self.box.scaled(factor), tuple(eye.scaled(factor) for eye in self.eyes))


def find_faces(picture: Bytes) -> tuple[Face, ...]:
    """Faces in an RGB picture, left to right. Fewer than there are: profiles and tiny faces are missed."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    boxes = _detect(grey, "haarcascade_frontalface_alt2.xml", DETECTION_SIDE_PX, 1.08, 6, 27)
    faces = (Face(box, _eyes_in(grey, box)) for box in boxes)
    return tuple(face for face in faces if face.eyes)


def _eyes_in(grey: Bytes, face: Box) -> tuple[Box, ...]:
    left, top = int(face.x), int(face.y)
    upper = grey[top : int(top + face.height * EYE_PART), left : int(left + face.width)]
    if upper.size == 0:
        return ()
    eyes = _detect(upper, "haarcascade_eye.xml", EYE_SIDE_PX, 1.05, 4, 22)
    return tuple(Box(left + eye.x, top + eye.y, eye.width, eye.height) for eye in eyes[:2])


def _detect(grey: Bytes, cascade: str, side: int, step: float, neighbours: int, least: int) -> list[Box]:
    factor = side / max(grey.shape)
    if side == DETECTION_SIDE_PX:
        factor = min(1.0, factor)
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    small = cv2.equalizeHist(
        cv2.resize(grey, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    )
    classifier = cv2.CascadeClassifier(str(CASCADES / cascade))
    found = classifier.detectMultiScale(small, step, neighbours, minSize=(least, least))
    # Sorted, because OpenCV's threads hand boxes in whatever order they finish.
    return [Box(*(float(v) / factor for v in box)) for box in sorted(tuple(map(int, box)) for box in found)]


def shading_weight(shape: tuple[int, ...], faces: tuple[Face, ...]) -> Floats:
    """1 everywhere but 0.2 inside each face oval: skin shading must not become regions."""
    weight = np.ones(shape[:2], np.float32)
    for face in faces:
        box = face.box
        oval = ellipse(shape, box.at(0.5, 0.58), (box.width * 0.33, box.height * 0.42))
        weight *= 1 - 0.8 * blur(oval, max(box.width * 0.04, 1.0))
    return weight


def person_mask(shape: tuple[int, ...], face: Face) -> Floats:
    """About where the head and the upper body of this face are, 0..1, soft at the rim."""
    box = face.box
    head = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.75, box.height * 0.95))
    body = ellipse(shape, box.at(0.5, 2.2), (box.width * 1.2, box.height * 1.6))
    return blur(np.maximum(head, body), max(box.width * 0.08, 1.0))


FEATURES = (  # centre and half axes of mouth, nose and eyes as shares of the face box
    ((0.50, 0.80), (0.26, 0.12)),
    ((0.50, 0.60), (0.16, 0.10)),
    ((0.30, 0.36), (0.19, 0.15)),
    ((0.70, 0.36), (0.19, 0.15)),
)


def feature_map(shape: tuple[int, ...], faces: tuple[Face, ...], scale: float) -> Floats:
    """1 on eyes, nose and mouth, 0.35 on the rest of a face, 0 elsewhere; soft at the rims."""
    image = np.zeros(shape[:2], np.float32)
    for face in faces:
        box = face.box
        skin = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.42, box.height * 0.5))
        image = np.maximum(image, 0.35 * skin)
        for (right, down), (half_x, half_y) in FEATURES:
            axes = (half_x * box.width, half_y * box.height)
            image = np.maximum(image, ellipse(shape, box.at(right, down), axes))
    return blur(image, 2 * scale) if faces else image
