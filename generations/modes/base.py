"""What a mode of the studio says about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel, ConfigDict, ValidationError

from config.errors import AppError
from generations.modes.variants import Variant
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
    variant: Variant = "short"  # of the text
    theme: str = ""  # what all pages of a set have in common
    shows_photo: bool = False  # a photo goes along
    shows_page: bool = False  # another page of the same set goes along


@dataclass(frozen=True)
class Mode:
    name: str
    label: str | Promise
    description: str | Promise
    parameters: type[Parameters]
    finishes: tuple[Finish, ...]  # the usual one first
    photos_least: int
    photos_most: int
    instruct: Callable[[Wish], str]  # what a model is told
    prompt_version: str  # of that text: another one with every change of it
    price: int = 1  # credits a render
    changes_picture: bool = False  # starts from a picture that is there, not from photos
    draws_each_photo: bool = False  # a picture of each, not one of them all
    plans_first: bool = False  # every picture has words of its own, from a plan
    keeps_character: bool = False  # a photo shows somebody whom only a model can draw again
    counted_by: str = "variants"  # the parameter that says how many pictures there will be
    typed: tuple[
        str, ...
    ] = ()  # parameters that somebody types: kept, and blanked, with the job's other words
    # Raises VALIDATION_ERROR for words of which this finish cannot be drawn.
    check_prompt: Callable[[str, Finish], None] = lambda prompt, finish: None

    def validated(self, params: Mapping[str, object]) -> dict[str, Any]:
        """What was chosen, defaults filled in, without what was typed. Raises VALIDATION_ERROR with details by field."""
        try:
            return self.parameters(**params).model_dump(mode="json", exclude=set(self.typed))
        except ValidationError as error:
            details: dict[str, list[str]] = {}
            for problem in error.errors():
                field = str(problem["loc"][0]) if problem["loc"] else "__all__"
                details.setdefault(field, []).append(problem["msg"])
            raise AppError("VALIDATION_ERROR", _("Please check your choices."), details=details) from None

    def check_photos(self, count: int) -> None:
        """Raises VALIDATION_ERROR when that many photos do not fit."""
        if not self.photos_least <= count <= self.photos_most:
            problem = self._too_few() if count < self.photos_least else self._too_many()
            raise AppError("VALIDATION_ERROR", problem, details={"photos": [problem]})

    def _too_few(self) -> str:
        least = self.photos_least
        words = ngettext("Please choose a photo.", "Please choose at least %(least)d photos.", least)
        return words % {"least": least}

    def _too_many(self) -> str:
        most = self.photos_most
        words = ngettext(
            "That is one photo too many.", "Please choose at most %(most)d photos.", max(most, 1)
        )
        return words % {"most": most}

    def renders(self, params: Mapping[str, Any], *, photos: int) -> int:
        """How many pictures a job with these parameters and so many photos draws."""
        return photos if self.draws_each_photo else int(params.get(self.counted_by, 1))

    @property
    def makes_pages(self) -> bool:
        """Whether its pictures belong together: in an order, with a caption each, redone and printed as a whole."""
        return self.draws_each_photo or self.plans_first

    def finish_of(self, params: Mapping[str, Any]) -> Finish:
        """How a job with these parameters ends; one from the time before there was a choice, as usual."""
        finish: Finish = params.get("finish", self.finishes[0])
        return finish

    def providers(self, finish: Finish) -> list[Provider]:
        """Who can draw it here with this finish, in the order they are asked."""
        return providers_for(self.name, finish, settings.PROVIDERS, settings.PROVIDER_OPTIONS)

    def unavailable_reason(self, *finishes: Finish) -> str:
        """Why none of these finishes, or of all, can be drawn here, in a few words; empty when one can."""
        if any(self.providers(finish) for finish in finishes or self.finishes):
            return ""
        return _("Needs an AI provider")

    def check_available(self, finish: Finish) -> None:
        """Raises MODE_UNAVAILABLE with the reason."""
        if reason := self.unavailable_reason(finish):
            raise AppError("MODE_UNAVAILABLE", reason, details={"finish": [reason]})
