"""One call of a Gemini image model for one picture. https://ai.google.dev/gemini-api/docs/image-generation (2026)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from generations.providers.aspect import closest_ratio
from generations.providers.base import Drawn, DrawRequest
from generations.providers.gemini.answers import picture_in
from generations.providers.gemini.errors import sorted_error
from generations.providers.models_draw import MODELS_DRAW

if TYPE_CHECKING:
    from google.genai import Client

RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")  # that the models draw
USUAL_EDGE = 1024  # px of the long side, at least, in every ratio; larger pictures are asked for by name


@dataclass(frozen=True)
class GeminiProvider:
    """`price_micro_usd` is what one picture costs; `seconds` how long one call may take in all."""

    api_key: str
    image_model: str
    price_micro_usd: int
    seconds: float
    calls_a_minute: int = 0  # 0: any number
    base_url: str = ""  # "" for Google's own

    name: ClassVar[str] = "gemini"
    company: ClassVar[str] = "Google (Gemini)"
    draws: ClassVar[Mapping[str, frozenset[str]]] = MODELS_DRAW

    @property
    def model(self) -> str:
        return self.image_model

    def draw(self, request: DrawRequest) -> Drawn:
        """The picture as it came. Raises ProviderError of every kind."""
        try:
            answer = self._client.models.generate_content(
                model=self.image_model, contents=_contents(request), config=_config(request)
            )
        except Exception as error:
            raise sorted_error(error) from error
        picture, words = picture_in(answer)
        return Drawn(picture=picture, cost_micro_usd=self.price_micro_usd, revised_prompt=words)

    @cached_property
    def _client(self) -> "Client":
        """Made at the first call, after the worker's fork; the library takes 0.8 s to load."""
        from generations.providers.gemini.client import client_for

        return client_for(self.api_key, self.base_url, self.seconds)


def _contents(request: DrawRequest) -> list[Any]:
    from google.genai.types import Part

    photos: Iterable[bytes] = request.photos
    return [*(Part.from_bytes(data=photo, mime_type="image/jpeg") for photo in photos), request.instruction]


def _config(request: DrawRequest) -> Any:
    from google.genai.types import GenerateContentConfig, ImageConfig

    image = ImageConfig(
        aspect_ratio=closest_ratio(request, RATIOS), image_size="2K" if request.edge > USUAL_EDGE else None
    )
    return GenerateContentConfig(response_modalities=["IMAGE"], image_config=image)
