"""The gate of pictures in full colour: large and of the right shape, with something on them, and none that was sent in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.pictures.asked import Asked

Bytes = NDArray[np.uint8]
# How much wider or narrower a picture may be. Models draw in few shapes: the nearest of those with three (1:1, 2:3, 3:2)
# is up to 1.23 times off, where a page or a photo lies between two of them; a square for a 2:3 is 1.5 times off.
MOST_OFF = 1.25
# Of 0..255. Plain, vignetted, slightly noisy or almost white pictures have up to 3.4; 46 photographs 28 and more, a twig
# in snow 7.7.
LEAST_SPREAD = 5.0
# Share of pixels, on a copy of LOOK px, at which the brightness bends: none of a gradient and 0.001 of a white sheet with
# a small mark, 0.055 and more of photographs, 0.009 of a small flat duck on white.
LEAST_DETAIL = 0.002
BEND = 12.0
LOOK = 256  # px
# Of 0..255: the largest mean difference of a block, of the 16 x 16 of a copy of COMPARED px. Photographs that were encoded
# anew (JPEG 30 to 75, WebP 40), halved, doubled or stretched differ by up to 2.7; a patch on 0.4 % of the picture by 14 and
# more, a tenth more light by 12, a third less colour by 4.6 and more.
COPY_BELOW = 4.0
COMPARED = 64  # px
BLOCK = 4  # px


@dataclass(frozen=True)
class PictureVerdict:
    """`problem` is "" for a picture that passes, else one of PICTURE_PROBLEMS."""

    problem: str = ""
    numbers: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.problem


RULES: dict[str, Callable[[dict[str, float], Asked], bool]] = {
    "copy": lambda found, asked: found["least_change"] < COPY_BELOW,
    "empty": lambda found, asked: found["spread"] < LEAST_SPREAD or found["detail"] < LEAST_DETAIL,
    "too_small": lambda found, asked: max(found["width"], found["height"]) < asked.edge,
    "wrong_shape": lambda found, asked: found["off_shape"] > MOST_OFF,
}
PICTURE_PROBLEMS = tuple(RULES)


def judge_picture(picture: Bytes, asked: Asked, inputs: Sequence[Bytes] = ()) -> PictureVerdict:
    """Judges RGB (H,W,3) against what was asked for and the pictures, RGB of any size, that it was drawn from."""
    numbers = _measure(picture, asked, inputs)
    problem = next((name for name, breaks in RULES.items() if breaks(numbers, asked)), "")
    return PictureVerdict(problem, numbers)


def _measure(picture: Bytes, asked: Asked, inputs: Sequence[Bytes]) -> dict[str, float]:
    height, width = picture.shape[:2]
    off = width / height / asked.shape
    look = _scaled(picture, LOOK, Image.Resampling.BOX)
    changes = [_change(picture, one) for one in inputs]
    return {
        "width": width,
        "height": height,
        "off_shape": round(max(off, 1 / off), 3),
        "spread": round(float(look.std(axis=(0, 1)).max()), 2),
        "detail": round(_detail(look), 4),
        "least_change": round(min(changes, default=255.0), 2),
    }


def _detail(look: NDArray[np.float32]) -> float:
    grey = look.mean(axis=2)
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float((np.abs(4 * grey[1:-1, 1:-1] - around) > BEND).mean())


def _change(one: Bytes, other: Bytes) -> float:
    """The largest mean difference of a block, 0..255."""
    small = [_scaled(picture, COMPARED, Image.Resampling.BILINEAR) for picture in (one, other)]
    difference = np.abs(small[0] - small[1]).mean(axis=2)
    count = COMPARED // BLOCK
    return float(difference.reshape(count, BLOCK, count, BLOCK).mean(axis=(1, 3)).max())


def _scaled(picture: Bytes, side: int, way: Image.Resampling) -> NDArray[np.float32]:
    """A square copy."""
    square = Image.fromarray(picture).resize((side, side), way)
    return np.asarray(square, dtype=np.float32)
