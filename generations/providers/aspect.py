"""Which of a model's picture ratios fits a request best."""

from collections.abc import Sequence
from math import log

from generations.providers.base import DrawRequest


def closest_ratio(request: DrawRequest, ratios: Sequence[str]) -> str:
    """One of `ratios` ("3:4"), closest to the shape that is asked for."""
    return min(ratios, key=lambda ratio: abs(log(quotient(ratio) / request.shape)))


def quotient(ratio: str) -> float:
    """Width by height of a ratio like "3:4"."""
    width, height = ratio.split(":")
    return int(width) / int(height)
