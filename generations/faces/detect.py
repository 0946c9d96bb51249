"""Haar cascades (Viola and Jones, 2001), made sure of by how often a face is found around the same place, or by its eyes."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from generations.faces.box import Box, Face, Gaze
from generations.faces.cascades import cascade_in, detected
from generations.faces.views import Pass, Picture, shrunk, upper_part, view_of

STEP, LEAST_FINDS = 1.08, 3
EYE_SIDE_PX, EYE_STEP, EYE_FINDS, LEAST_EYE_PX = 160, 1.05, 4, 22

UPRIGHT = (
    Pass(480, 0.0, 24, sure=16, with_eyes=5),
    Pass(160, 0.25, 72, sure=10, with_eyes=5),
)
# On a copy so small fur has no grain that looks like a face; on larger ones it has.
ASIDE = (
    Pass(160, 0.1, 34, sure=14, with_eyes=14, tilt=22),
    Pass(160, 0.1, 34, sure=14, with_eyes=14, tilt=-22),
    Pass(160, 0.1, 46, sure=16, with_eyes=16, gaze=Gaze.LEFT),
    Pass(160, 0.1, 46, sure=16, with_eyes=16, gaze=Gaze.RIGHT),
)


@dataclass(frozen=True)
class _Candidate:
    face: Face
    finds: int


class Detector:
    """The cascades, read from their files: afterwards no file is opened any more. One thread at a time."""

    def __init__(self) -> None:
        self._ahead = cascade_in("haarcascade_frontalface_alt2.xml")
        self._aside = cascade_in("haarcascade_profileface.xml")
        self._eye = cascade_in("haarcascade_eye.xml")

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """Faces in an RGB picture (H,W,3), left to right. Tiny ones are missed, and small ones that lean or look aside."""
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
        faces: tuple[Face, ...] = ()
        for looks in (UPRIGHT, ASIDE):
            faces = _with_more(faces, [found for look in looks for found in self._looked(grey, look)])
        return tuple(sorted(faces, key=lambda face: (face.box.x, face.box.y)))

    def _looked(self, grey: Picture, look: Pass) -> list[_Candidate]:
        view = view_of(grey, look)
        cascade = self._ahead if look.gaze is Gaze.AHEAD else self._aside
        boxes, finds = detected(cascade, view.pixels, STEP, LEAST_FINDS, look.least)
        candidates = [_Candidate(view.on_photo(box), count) for box, count in zip(boxes, finds, strict=True)]
        likely = [one for one in candidates if one.finds >= look.with_eyes]
        seen = [replace(one, face=self._with_eyes(grey, one.face)) for one in likely]
        return [one for one in seen if one.finds >= look.sure or len(one.face.eyes) == 2]

    def _with_eyes(self, grey: Picture, face: Face) -> Face:
        upper = upper_part(grey, face)
        if upper.pixels.size == 0 or face.gaze is not Gaze.AHEAD:
            return face
        factor = EYE_SIDE_PX / max(upper.pixels.shape)
        eyes, _ = detected(self._eye, shrunk(upper.pixels, factor), EYE_STEP, EYE_FINDS, LEAST_EYE_PX)
        return replace(face, eyes=tuple(upper.on_photo(eye.scaled(1 / factor)) for eye in eyes[:2]))


def find_faces(picture: Picture) -> tuple[Face, ...]:
    """What a Detector of its own finds in an RGB picture (H,W,3)."""
    return Detector().find(picture)


def _with_more(faces: tuple[Face, ...], candidates: list[_Candidate]) -> tuple[Face, ...]:
    """These faces and, of those that lie over each other elsewhere, the surest."""
    for one in sorted(candidates, key=lambda one: (-one.finds, one.face.box.x, one.face.box.y)):
        if not any(_are_one(one.face.box, other.box) for other in faces):
            faces = (*faces, one.face)
    return faces


def _are_one(one: Box, other: Box) -> bool:
    return one.holds(*other.centre) or other.holds(*one.centre)
