"""Which of a model's picture ratios fits a request best."""

import io
from collections.abc import Sequence
from math import log

from PIL import Image

from generations.providers.base import DrawRequest

PAGE = 3 / 4  # width by height of a portrait page


def closest_ratio(request: DrawRequest, ratios: Sequence[str]) -> str:
    """One of `ratios` ("3:4"), closest to the first photo's shape, or to the sheet's where there is no photo."""
    wanted = log(_shape(request))
    return min(ratios, key=lambda ratio: abs(log(_quotient(ratio)) - wanted))


def _shape(request: DrawRequest) -> float:
    if not request.photos:
        return PAGE
    with Image.open(io.BytesIO(request.photos[0]), formats=["JPEG"]) as photo:
        return photo.width / photo.height


def _quotient(ratio: str) -> float:
    width, height = ratio.split(":")
    return int(width) / int(height)
