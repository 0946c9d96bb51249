"""One call of an OpenAI image model for one picture. https://platform.openai.com/docs/api-reference/images (2026)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from generations.providers.base import Drawn, DrawRequest
from generations.providers.models_draw import MODELS_DRAW
from generations.providers.openai.answers import picture_in, sorted_error
from generations.providers.openai.sizes import size_for

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import ImagesResponse


@dataclass(frozen=True)
class OpenAIProvider:
    """`price_micro_usd` is what one picture costs; `seconds` how long one call may take in all."""

    api_key: str
    image_model: str
    price_micro_usd: int
    seconds: float
    calls_a_minute: int = 0  # 0: any number
    base_url: str = ""  # "" for OpenAI's own

    name: ClassVar[str] = "openai"
    company: ClassVar[str] = "OpenAI"
    draws: ClassVar[Mapping[str, frozenset[str]]] = MODELS_DRAW

    @property
    def model(self) -> str:
        return self.image_model

    def draw(self, request: DrawRequest) -> Drawn:
        """The picture as it came. Raises ProviderError of every kind."""
        size = size_for(self.image_model, request)
        try:
            answer = self._ask(request, size)
        except Exception as error:
            raise sorted_error(error) from error
        return Drawn(picture=picture_in(answer), cost_micro_usd=self.price_micro_usd)

    def _ask(self, request: DrawRequest, size: str) -> "ImagesResponse":
        if not request.photos:
            return self._client.images.generate(
                model=self.image_model,
                prompt=request.instruction,
                size=size,
                quality=request.quality,
                n=1,
                output_format="png",
            )
        photos = [
            (f"photo-{number}.jpg", photo, "image/jpeg") for number, photo in enumerate(request.photos, 1)
        ]
        return self._client.images.edit(
            model=self.image_model,
            image=photos,
            prompt=request.instruction,
            size=size,
            quality=request.quality,
            n=1,
            output_format="png",
        )

    @cached_property
    def _client(self) -> "OpenAI":
        """Made at the first call, after the worker's fork; the library takes 0.9 s to load."""
        from generations.providers.openai.client import client_for

        return client_for(self.api_key, self.base_url, self.seconds)
