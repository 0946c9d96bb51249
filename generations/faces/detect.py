"""Haar cascades (Viola and Jones, 2001), made sure of by how often a face is found around the same place, or by its eyes."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces.box import Box, Face

Picture = NDArray[np.uint8]
CASCADES = Path(cv2.__file__).parent / "data"
STEP, LEAST_FINDS = 1.08, 3
EYE_SIDE_PX, EYE_STEP, EYE_FINDS, LEAST_EYE_PX = 160, 1.05, 4, 22
EYE_PART = 0.62  # eyes lie in the upper 62 % of a face box


@dataclass(frozen=True)
class Pass:
    """One look at a picture: its long side in px, what is put around it, the least face, and how sure is sure enough."""

    side: int
    margin: float  # of the side, repeating the rim: a face may touch it
    least: int  # px
    sure: int  # finds around the same place that need no eye
    with_eyes: int  # finds that need both eyes


PASSES = (Pass(480, 0.0, 24, sure=16, with_eyes=5), Pass(160, 0.25, 72, sure=10, with_eyes=5))


@dataclass(frozen=True)
class _Candidate:
    face: Face
    finds: int


class Detector:
    """The cascades, read from their files: afterwards no file is opened any more. One thread at a time."""

    def __init__(self) -> None:
        self._face = _cascade("haarcascade_frontalface_alt2.xml")
        self._eye = _cascade("haarcascade_eye.xml")

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """Faces in an RGB picture (H,W,3), left to right. Fewer than there are: profiles and tiny faces are missed."""
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
        candidates = [found for look in PASSES for found in self._looked(grey, look)]
        return _apart(candidates)

    def _looked(self, grey: Picture, look: Pass) -> list[_Candidate]:
        factor = min(1.0, look.side / max(grey.shape)) if not look.margin else look.side / max(grey.shape)
        margin = round(look.margin * look.side)
        padded = cv2.copyMakeBorder(_prepared(grey, factor), *(margin,) * 4, cv2.BORDER_REPLICATE)
        boxes, finds = _detected(self._face, np.asarray(padded, np.uint8), STEP, LEAST_FINDS, look.least)
        faces = [self._with_eyes(grey, box.moved(-margin, -margin).scaled(1 / factor)) for box in boxes]
        return [
            _Candidate(face, count)
            for face, count in zip(faces, finds, strict=True)
            if count >= look.sure or (count >= look.with_eyes and len(face.eyes) == 2)
        ]

    def _with_eyes(self, grey: Picture, box: Box) -> Face:
        left, top = max(int(box.x), 0), max(int(box.y), 0)
        upper = grey[top : int(box.y + box.height * EYE_PART), left : int(box.x + box.width)]
        if upper.size == 0:
            return Face(box, ())
        factor = EYE_SIDE_PX / max(upper.shape)
        eyes, _ = _detected(self._eye, _prepared(upper, factor), EYE_STEP, EYE_FINDS, LEAST_EYE_PX)
        return Face(box, tuple(eye.scaled(1 / factor).moved(left, top) for eye in eyes[:2]))


def find_faces(picture: Picture) -> tuple[Face, ...]:
    """What a Detector of its own finds in an RGB picture (H,W,3)."""
    return Detector().find(picture)


def _apart(candidates: list[_Candidate]) -> tuple[Face, ...]:
    """The surest of those that lie over each other."""
    kept: list[Face] = []
    for one in sorted(candidates, key=lambda one: (-one.finds, one.face.box.x, one.face.box.y)):
        if not any(_are_one(one.face.box, other.box) for other in kept):
            kept.append(one.face)
    return tuple(sorted(kept, key=lambda face: (face.box.x, face.box.y)))


def _are_one(one: Box, other: Box) -> bool:
    return one.holds(*other.centre) or other.holds(*one.centre)


def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(CASCADES / name))


def _prepared(grey: Picture, factor: float) -> Picture:
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.equalizeHist(cv2.resize(grey, size, interpolation=way)), np.uint8)


def _detected(
    cascade: cv2.CascadeClassifier, grey: Picture, step: float, least_finds: int, least_px: int
) -> tuple[list[Box], list[int]]:
    """Boxes and how often each was found. Sorted, because OpenCV's threads hand them in whatever order they finish."""
    boxes, finds = cascade.detectMultiScale2(grey, step, minNeighbors=least_finds, minSize=(least_px,) * 2)
    found = sorted((tuple(map(int, box)), int(count)) for box, count in zip(boxes, finds, strict=True))
    return [Box(*map(float, box)) for box, _ in found], [count for _, count in found]
