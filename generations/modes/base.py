"""What a mode of the studio says about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from config.errors import AppError
from generations.providers import Provider, providers_for
from generations.providers.base import Finish


class Parameters(BaseModel):
    """Base of every mode's parameters: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Wish:
    """What a model is asked for."""

    params: Mapping[str, Any]
    words: str = ""  # as they were typed
    problem: str = ""  # what the gate found on the last try


@dataclass(frozen=True)
class Mode:
    name: str
    label: str | Promise
    description: str | Promise
    parameters: type[Parameters]
    finish: Finish
    photos_least: int
    photos_most: int
    instruct: Callable[[Wish], str]  # what a model is told
    prompt_version: str  # of that text: another one with every change of it
    price: int = 1  # credits a render
    check_prompt: Callable[[str], None] = lambda prompt: (
        None
    )  # raises VALIDATION_ERROR for what cannot be drawn

    def validated(self, params: Mapping[str, object]) -> dict[str, Any]:
        """The parameters with defaults filled in. Raises VALIDATION_ERROR with details by field."""
        try:
            return self.parameters(**params).model_dump(mode="json")
        except ValidationError as error:
            details: dict[str, list[str]] = {}
            for problem in error.errors():
                field = str(problem["loc"][0]) if problem["loc"] else "__all__"
                details.setdefault(field, []).append(problem["msg"])
            raise AppError("VALIDATION_ERROR", _("Please check your choices."), details=details) from None

    def check_photos(self, count: int) -> None:
        """Raises VALIDATION_ERROR when that many photos do not fit."""
        if not self.photos_least <= count <= self.photos_most:
            problem = (
                _("Please choose a photo.") if count < self.photos_least else _("That is one photo too many.")
            )
            raise AppError("VALIDATION_ERROR", problem, details={"photos": [problem]})

    def renders(self, params: Mapping[str, Any]) -> int:
        """How many pictures a job with these parameters draws."""
        return int(params.get("variants", 1))

    def providers(self) -> list[Provider]:
        """Who can draw it here, in the order they are asked."""
        return providers_for(self.name, self.finish, settings.PROVIDERS, settings.PROVIDER_OPTIONS)

    def unavailable_reason(self) -> str:
        """Why it cannot be drawn here, in a few words; empty when it can."""
        if self.providers():
            return ""
        return _("Needs an AI provider")
