"""Places on a photo as shares of its width and height: what a family points at, and windows around it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask

LEAST_PX, NARROWEST = 96, 5.0  # of a window: least side, and how many times longer than wide
Window = tuple[float, float, float, float]  # left, top, right, bottom
WHOLE_PHOTO: Window = (0.0, 0.0, 1.0, 1.0)
Places = (
    Mapping[str, Any] | Sequence[Mapping[str, Any]]
)  # x, y, width and height; x, y and belongs; or several
_Pixel = TypeVar("_Pixel", bound=np.generic)


@dataclass(frozen=True)
class Tap:
    """A place as shares 0..1 of the upright photo, and whether what is there `belongs` to the subject."""

    x: float
    y: float
    belongs: bool = True

    def pixel(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """The column and row of a picture (H,W) that it is on."""
        height, width = shape[:2]
        return min(int(self.x * width), width - 1), min(int(self.y * height), height - 1)


@dataclass(frozen=True)
class Pointer:
    """Where the subject is, as shares 0..1 of the upright photo: a tap, or a box when it has a width and a height.

    `corrections` are taps that came later, on what belongs to it as well and on what does not.
    """

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    alone: bool = False  # without its background: then the photo is looked at from nearer
    corrections: tuple[Tap, ...] = ()

    @classmethod
    def at(cls, places: Places, *, alone: bool = False) -> "Pointer":
        """From a tap or a box, or from a list of them: its box or else the first tap that belongs begins."""
        several = [places] if isinstance(places, Mapping) else places
        boxes = [place for place in several if "width" in place]
        begin = boxes[0] if boxes else next(place for place in several if place.get("belongs", True))
        shares = {name: share for name, share in begin.items() if name != "belongs"}
        later = tuple(Tap(**place) for place in several if place is not begin)
        return cls(**shares, alone=alone, corrections=later)

    @property
    def is_box(self) -> bool:
        return self.width > 0 and self.height > 0

    @property
    def taps(self) -> tuple[Tap, ...]:
        """All taps; of a box only those that correct it."""
        return self.corrections if self.is_box else (Tap(self.x, self.y), *self.corrections)

    def within(self, window: Window) -> "Pointer":
        """The same places as shares of this window of the photo, without corrections outside it."""
        left, top, right, bottom = window
        wide, high = right - left, bottom - top
        moved = (
            Tap((tap.x - left) / wide, (tap.y - top) / high, tap.belongs)
            for tap in self.corrections
            if left <= tap.x <= right and top <= tap.y <= bottom
        )
        return replace(
            self,
            x=(self.x - left) / wide,
            y=(self.y - top) / high,
            width=self.width / wide,
            height=self.height / high,
            corrections=tuple(moved),
        )


def box_around(mask: Mask) -> Pointer | None:
    """The box of what is True; None when nothing is."""
    if not mask.any():
        return None
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top = float(columns[0] / width), float(rows[0] / height)
    right, bottom = float((columns[-1] + 1) / width), float((rows[-1] + 1) / height)
    return Pointer(left, top, right - left, bottom - top)


def window_around(box: Pointer, room: float, shape: tuple[int, ...]) -> Window:
    """The box with `room` of its longer side all around, inside the photo, and never tiny or a strip."""
    height, width = shape[:2]
    longer = max(box.width * width, box.height * height)
    least = max(longer * (1 + 2 * room) / NARROWEST, LEAST_PX) / 2
    half_x = max(box.width * width / 2 + longer * room, least) / width
    half_y = max(box.height * height / 2 + longer * room, least) / height
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return max(0.0, x - half_x), max(0.0, y - half_y), min(1.0, x + half_x), min(1.0, y + half_y)


def part_of(image: NDArray[_Pixel], window: Window) -> NDArray[_Pixel]:
    """The window of an image: a view of it."""
    height, width = image.shape[:2]
    left, top, right, bottom = window
    return image[int(top * height) : math.ceil(bottom * height), int(left * width) : math.ceil(right * width)]
