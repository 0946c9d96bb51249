"""One call of a Gemini text model that fills in a form. https://ai.google.dev/gemini-api/docs/structured-output (2026)."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from pydantic import ValidationError

from generations.providers.base import FormT, ProviderError
from generations.providers.gemini.answers import words_in
from generations.providers.gemini.errors import sorted_error

if TYPE_CHECKING:
    from google.genai import Client


@dataclass(frozen=True)
class GeminiText:
    """`price_micro_usd` is what one answer costs; `seconds` how long one call may take in all."""

    api_key: str
    text_model: str
    price_micro_usd: int
    seconds: float
    calls_a_minute: int = 0  # 0: any number
    base_url: str = ""  # "" for Google's own

    # Not the name of what draws: a text model at rest stops no picture.
    name: ClassVar[str] = "gemini-text"
    company: ClassVar[str] = "Google (Gemini)"

    @property
    def model(self) -> str:
        return self.text_model

    def ask(self, prompt: str, form: type[FormT]) -> FormT:
        """The form, filled in and checked. Raises ProviderError: transient with BAD_OUTPUT for one that does not hold."""
        from google.genai.types import GenerateContentConfig

        config = GenerateContentConfig(
            response_mime_type="application/json", response_json_schema=form.model_json_schema()
        )
        try:
            answer = self._client.models.generate_content(
                model=self.text_model, contents=prompt, config=config
            )
        except Exception as error:
            raise sorted_error(error) from error
        try:
            return form.model_validate_json(words_in(answer))
        except ValidationError as error:  # which quotes what it was given: not passed on
            problem = f"{error.error_count()} problems in the answer"
            raise ProviderError("transient", "BAD_OUTPUT", problem) from None

    @cached_property
    def _client(self) -> "Client":
        """Made at the first call, after the worker's fork; the library takes 0.8 s to load."""
        from generations.providers.gemini.client import client_for

        return client_for(self.api_key, self.base_url, self.seconds)
