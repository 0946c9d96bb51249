"""What each model calls the things that it takes. A model that is not named here is asked as the first one is."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generations.providers.aspect import closest_ratio, quotient
from generations.providers.base import DrawRequest, ProviderError


@dataclass(frozen=True)
class Inputs:
    """`photos`, `ratio`, `size` and `quality` name the fields for pictures, shape and size; `more` goes along as it is.

    `sizes` are the long sides, in px, that each word for the size stands for, the smallest first; a model without a field
    for it draws pictures as large as the last one, and squares with sides of `square` px where that is less.
    """

    photos: str
    ratio: str
    ratios: Sequence[str]
    sizes: Mapping[str, int]
    size: str = ""
    quality: str = ""
    square: int = 0
    more: Mapping[str, object] = field(default_factory=lambda: {"output_format": "png"})


BANANA_RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
NANO_BANANA = Inputs("image_input", "aspect_ratio", BANANA_RATIOS, {"1K": 1024})
NANO_BANANA_PRO = Inputs(
    "image_input", "aspect_ratio", BANANA_RATIOS, {"1K": 1024, "2K": 2048}, size="resolution"
)
GPT_IMAGE = Inputs(
    "input_images", "aspect_ratio", ("1:1", "2:3", "3:2"), {"usual": 1536}, quality="quality", square=1024
)
MODELS = {
    "google/nano-banana": NANO_BANANA,
    "google/nano-banana-pro": NANO_BANANA_PRO,
    "openai/gpt-image-1": GPT_IMAGE,
}


def input_for(model: str, request: DrawRequest) -> dict[str, object]:
    """The `input` of a prediction; photos by address where there is one, else inline.

    Raises ProviderError (permanent) where the model draws nothing as large as that.
    """
    names = MODELS.get(model, NANO_BANANA)
    photos = [*request.photo_urls] or [_inline(photo) for photo in request.photos]
    given: dict[str, object] = {names.photos: photos} if photos else {}
    ratio = closest_ratio(request, names.ratios)
    given[names.ratio] = ratio
    size = _size(names, ratio, request.edge)
    given |= {names.size: size} if names.size else {}
    given |= {names.quality: request.quality} if names.quality else {}
    return {"prompt": request.instruction, **given, **names.more}


def _size(names: Inputs, ratio: str, edge: int) -> str:
    is_shorter = bool(names.square) and quotient(ratio) == 1
    for word, long_side in names.sizes.items():
        if edge <= (names.square if is_shorter else long_side):
            return word
    raise ProviderError("permanent", "PROVIDER_ERROR", "the model draws nothing as large as that")


def _inline(photo: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}"
