"""What each model calls the things that it takes. A model that is not named here is asked as the first one is."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generations.providers.aspect import closest_ratio
from generations.providers.base import DrawRequest


@dataclass(frozen=True)
class Inputs:
    """`photos` and `ratio` name the fields for pictures and shape; `more` goes along as it is."""

    photos: str
    ratio: str
    ratios: Sequence[str]
    more: Mapping[str, object] = field(default_factory=dict)


NANO_BANANA = Inputs(
    "image_input",
    "aspect_ratio",
    ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"),
    {"output_format": "png"},
)
GPT_IMAGE = Inputs("input_images", "aspect_ratio", ("1:1", "2:3", "3:2"), {"output_format": "png"})
MODELS = {"google/nano-banana": NANO_BANANA, "openai/gpt-image-1": GPT_IMAGE}


def input_for(model: str, request: DrawRequest) -> dict[str, object]:
    """The `input` of a prediction; photos by address where there is one, else inline."""
    names = MODELS.get(model, NANO_BANANA)
    photos = [*request.photo_urls] or [_inline(photo) for photo in request.photos]
    given = {names.photos: photos} if photos else {}
    ratio = {names.ratio: closest_ratio(request, names.ratios)}
    return {"prompt": request.instruction, **ratio, **given, **names.more}


def _inline(photo: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}"
