"""Small grey copies of a photo that faces are looked for in: with a rim around, leaning, or mirrored."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces.box import Box, Face, Gaze, turned

Picture = NDArray[np.uint8]
EYE_PART = 0.62  # eyes lie in the upper 62 % of a face box


@dataclass(frozen=True)
class Pass:
    """One look at a picture: its long side in px, what is put around it, the least face, and how sure is sure enough.

    Faces seen upright here lean by `tilt` degrees on the photo, clockwise, and look where `gaze` says.
    """

    side: int
    margin: float  # of the side, repeating the rim: a face may touch it
    least: int  # px
    sure: int  # finds around the same place that need no eye
    with_eyes: int  # finds that need both eyes
    tilt: float = 0.0
    gaze: Gaze = Gaze.AHEAD


@dataclass(frozen=True, eq=False)
class View:
    """What a pass sees: `pixels` (h,w), at `factor` times the photo's size within a rim of `margin` px."""

    look: Pass
    pixels: Picture
    factor: float
    margin: int

    def on_photo(self, box: Box) -> Face:
        """The face found at this box, in px of the photo, without its eyes."""
        height, width = self.pixels.shape
        if self.look.gaze is Gaze.RIGHT:
            box = Box(width - box.x - box.width, box.y, box.width, box.height)
        box = turned_box(box, (width / 2, height / 2), self.look.tilt)
        box = box.moved(-self.margin, -self.margin).scaled(1 / self.factor)
        return Face(box, (), self.look.tilt, self.look.gaze)


def view_of(grey: Picture, look: Pass) -> View:
    """A grey picture (H,W) as this pass looks at it; only one without a margin is never enlarged."""
    factor = look.side / max(grey.shape)
    factor = factor if look.margin else min(1.0, factor)
    margin = round(look.margin * look.side)
    padded = cv2.copyMakeBorder(shrunk(grey, factor), *(margin,) * 4, cv2.BORDER_REPLICATE)
    if look.gaze is Gaze.RIGHT:  # the cascade knows faces that look to the left
        padded = cv2.flip(padded, 1)
    if look.tilt:
        height, width = padded.shape
        upright = cv2.getRotationMatrix2D((width / 2, height / 2), look.tilt, 1)
        padded = cv2.warpAffine(padded, upright, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return View(look, np.asarray(padded, np.uint8), factor, margin)


@dataclass(frozen=True, eq=False)
class Part:
    """The upper part of a face, upright: `pixels` (h,w) of the photo, cut at (left, top)."""

    face: Face
    pixels: Picture
    left: int
    top: int

    def on_photo(self, box: Box) -> Box:
        """What was found at this box of the part, in px of the photo."""
        box = box.moved(self.left, self.top)
        return turned_box(box, self.face.box.centre, self.face.tilt)


def upper_part(grey: Picture, face: Face) -> Part:
    """Where the eyes of this face are on a grey picture (H,W)."""
    box = face.box
    left, top = max(int(box.x), 0), max(int(box.y), 0)
    width, height = int(box.x + box.width) - left, int(box.y + box.height * EYE_PART) - top
    if not face.tilt:
        return Part(face, grey[top : top + max(height, 0), left : left + max(width, 0)], left, top)
    upright = cv2.getRotationMatrix2D(box.centre, face.tilt, 1)
    upright[:, 2] -= left, top
    pixels = cv2.warpAffine(grey, upright, (max(width, 1), max(height, 1)), borderMode=cv2.BORDER_REPLICATE)
    return Part(face, np.asarray(pixels, np.uint8), left, top)


def turned_box(box: Box, middle: tuple[float, float], degrees: float) -> Box:
    """An upright box of this size where the box is after a turn, clockwise, around the middle."""
    if not degrees:
        return box
    x, y = turned(box.centre, middle, degrees)
    return box.moved(x - box.centre[0], y - box.centre[1])


def shrunk(grey: Picture, factor: float) -> Picture:
    """The grey picture at this factor of its size, with its lightness spread evenly."""
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.equalizeHist(cv2.resize(grey, size, interpolation=way)), np.uint8)
