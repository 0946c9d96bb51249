"""From the photo to the working picture: size, smoothing, colours as the eye tells them apart."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats
from generations.lineart.errors import LineArtError

LEAST_SIDE_PX = 32
MOST_ELONGATED = 8.0  # beyond this a picture is a strip: nothing on it is large enough to colour
TONE_SPAN = 92.0
MOST_GAIN = 2.2


@dataclass(frozen=True)
class Tone:
    """How lightness is stretched: (L - black) * gain."""

    black: float
    gain: float


def require_drawable(photo: Bytes) -> None:
    """Raise LineArtError for what cannot become a page whatever is on it: not RGB, tiny, or a strip."""
    if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8:
        raise LineArtError("NOT_COLOURABLE", "This is not a colour picture.")
    short, long = sorted(photo.shape[:2])
    if short < LEAST_SIDE_PX:
        raise LineArtError("NOT_COLOURABLE", "This picture is too small to draw from.")
    if long > MOST_ELONGATED * short:
        raise LineArtError("NOT_COLOURABLE", "This picture is too long and narrow to colour.")


def fit_to_area(photo: Bytes, area_px: int) -> Bytes:
    """The photo (H,W,3) with about `area_px` pixels and the same aspect."""
    height, width = photo.shape[:2]
    factor = math.sqrt(area_px / (height * width))
    size = (round(width * factor), round(height * factor))
    if factor > 1:
        return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    # Halving first is several times faster than one INTER_AREA step with a fractional factor.
    while photo.shape[0] > 2 * size[1] and photo.shape[1] > 2 * size[0]:
        half = (photo.shape[1] // 2, photo.shape[0] // 2)
        photo = np.asarray(cv2.resize(photo, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)


def smooth(picture: Bytes) -> Bytes:
    """Even out surfaces of a picture at half size: the bilateral filter three times (Tomasi and Manduchi, 1998)."""
    for _ in range(3):
        picture = np.asarray(cv2.bilateralFilter(picture, 5, 28, 2.5), np.uint8)
    return picture


def halve_picture(picture: Bytes) -> Bytes:
    """The picture (H,W,3) at half its size, rounded up, each pixel the mean of four."""
    height, width = picture.shape[:2]
    size = ((width + 1) // 2, (height + 1) // 2)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def lab_of(picture: Bytes) -> Floats:
    """CIELAB as float32 (H,W,3), L in 0..100."""
    shares = picture.astype(np.float32)
    shares /= 255
    return np.asarray(cv2.cvtColor(shares, cv2.COLOR_RGB2LAB), np.float32)


def tone_of(lab: Floats) -> Tone:
    """The stretch that spreads the middle 98 % of lightness over TONE_SPAN, so dim photos behave as bright ones."""
    low, high = np.percentile(lab[::4, ::4, 0], [1, 99])
    return Tone(float(low), min(MOST_GAIN, TONE_SPAN / max(float(high - low), 1.0)))


def stretch(lightness: Floats, tone: Tone) -> Floats:
    """Lightness after the tone stretch, float32; may leave 0..100."""
    return np.asarray((lightness - tone.black) * tone.gain, np.float32)


def stretch_lab(lab: Floats, tone: Tone) -> Floats:
    """A copy of the Lab picture with its lightness stretched."""
    stretched = lab.copy()
    stretched[..., 0] = stretch(lab[..., 0], tone)
    return stretched


def detail_lightness(picture: Bytes, tone: Tone, scale: float) -> Floats:
    """Stretched lightness of a lightly smoothed picture: fine lines survive here, film grain does not."""
    light = cv2.bilateralFilter(picture, 5, 18, 3 * scale)
    return stretch(lab_of(np.asarray(light, np.uint8))[..., 0], tone)
