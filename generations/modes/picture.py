"""What may be chosen for every picture that a model draws, and what follows from it: shape and size."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from generations.modes.page import PrintedParameters
from generations.providers.aspect import quotient
from generations.providers.base import PAGE, Finish, Quality

Shape = Literal["page", "1:1", "3:2", "2:3", "4:5", "9:16"]
EDGES: dict[Quality, int] = {"auto": 1024, "low": 768, "medium": 1024, "high": 1536}  # px of the long side
WIDEST = 16 / 9  # what every model draws nearly; a wider photo becomes a picture of this shape
QUALITY: Any = Field("auto", description="The long side has at least 1024 px, `low` 768, `high` 1536")


class PictureParameters(PrintedParameters):
    aspect_ratio: Shape = Field(
        "page", description="Width to height; `page` as the first photo is, else as a sheet"
    )
    quality: Quality = QUALITY
    variants: Literal[1, 2, 3] = Field(1, description="How many pictures, each for a credit")


def shape_of(params: Mapping[str, Any], finish: Finish, size: tuple[int, int] | None) -> float:
    """Width by height that is asked for. `size` (px) is that of the first picture it is drawn from."""
    if is_shape_named(params):
        return quotient(params["aspect_ratio"])
    if size is None:
        return PAGE
    shape = size[0] / size[1]
    return shape if finish == "line_art" else min(max(shape, 1 / WIDEST), WIDEST)


def is_shape_named(params: Mapping[str, Any]) -> bool:
    """Whether it is one of the list, and not as the photo or the sheet is."""
    return params.get("aspect_ratio", "page") != "page"


def edge_of(params: Mapping[str, Any]) -> int:
    """The least px that the long side of a picture with these parameters has."""
    return EDGES[params.get("quality", "auto")]
