"""One prediction for one picture. https://replicate.com/docs/reference/http (2026)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from generations.providers.base import DrawRequest, Elsewhere, Failed, Pending
from generations.providers.models_draw import MODELS_DRAW
from generations.providers.replicate.answers import address_in, sorted_error
from generations.providers.replicate.inputs import input_for

if TYPE_CHECKING:
    from replicate.client import Client
    from replicate.prediction import Prediction


@dataclass(frozen=True)
class ReplicateProvider:
    """`price_micro_usd` is what one picture costs; the others are seconds for one call."""

    api_key: str
    image_model: str
    price_micro_usd: int
    create_seconds: float
    look_seconds: float
    calls_a_minute: int = 0  # 0: any number
    base_url: str = ""  # "" for Replicate's own

    name: ClassVar[str] = "replicate"
    company: ClassVar[str] = "Replicate"
    picture_hosts: ClassVar[tuple[str, ...]] = (".replicate.delivery", "replicate.delivery")
    draws: ClassVar[Mapping[str, frozenset[str]]] = MODELS_DRAW

    @property
    def model(self) -> str:
        return self.image_model

    def draw(self, request: DrawRequest) -> Pending:
        """Asks for a picture. Raises ProviderError."""
        call_back = (
            {"webhook": request.webhook, "webhook_events_filter": ["completed"]} if request.webhook else {}
        )
        given = input_for(self.image_model, request)
        try:
            prediction = self._client.models.predictions.create(
                model=self.image_model,  # "owner/name"
                input=given,
                **call_back,  # type: ignore[arg-type]
            )
        except Exception as error:
            raise sorted_error(error, asks_for_news=bool(request.webhook)) from error
        return Pending(prediction.id)

    def look(self, external_id: str) -> Elsewhere | Failed | None:
        """What has become of it; None while it is being drawn. Raises ProviderError when looking itself fails."""
        found = address_in(self._prediction(external_id))
        return Elsewhere(found, self.price_micro_usd) if isinstance(found, str) else found

    def cancel(self, external_id: str) -> None:
        """Stops it; one that has ended stays as it is. Raises ProviderError."""
        try:
            self._client.predictions.cancel(external_id)
        except Exception as error:
            raise sorted_error(error) from error

    def _prediction(self, external_id: str) -> "Prediction":
        try:
            return self._client.predictions.get(external_id)
        except Exception as error:
            raise sorted_error(error) from error

    @cached_property
    def _client(self) -> "Client":
        """Made at the first call, after the worker's fork; the library takes 0.6 s to load."""
        from generations.providers.replicate.client import client_for

        return client_for(self.api_key, self.base_url, self.create_seconds, self.look_seconds)
