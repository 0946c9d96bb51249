"""An idea in words becomes a colouring page."""

from typing import Literal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from pydantic import Field

from config.errors import AppError
from generations.modes.base import Mode, Wish
from generations.modes.instructions import line_art
from generations.modes.page import PageParameters
from generations.scenes import understand


class ImagineParameters(PageParameters):
    complexity: Literal["simple", "standard", "detailed"] = Field(
        "standard", description="How much there is to colour"
    )
    background: bool = Field(True, description="Whether more than what the idea names is shown")
    variants: Literal[1, 2, 3] = Field(1, description="How many pictures of the idea, each for a credit")
    seed: int = Field(0, ge=0, le=999_999, description="Another number, another arrangement")


EXAMPLES = (
    gettext_lazy("A hedgehog flying a kite over our village"),
    gettext_lazy("Three ducks on a pond"),
    gettext_lazy("A dinosaur at a birthday party"),
    gettext_lazy("A princess and a dragon in front of a castle"),
    gettext_lazy("Fish and an octopus under the sea"),
    gettext_lazy("An astronaut and a robot in space"),
)


def check_idea(prompt: str) -> None:
    """Raises VALIDATION_ERROR, with suggestions, for an idea of which nobody here can draw anything."""
    if not prompt.strip():
        problem = _("Please type what you would like to colour.")
    elif _any_words_will_do() or understand(prompt, get_language() or "en").wishes:
        return
    else:
        problem = _("We know none of these words yet. Try animals, vehicles, places or a feast.")
    examples = [str(example) for example in EXAMPLES[:3]]
    raise AppError("VALIDATION_ERROR", problem, details={"prompt": [problem], "suggestions": examples})


def _any_words_will_do() -> bool:
    """A model reads any words; our own engine knows some."""
    return any(provider.company for provider in IMAGINE.providers())


def instruct(wish: Wish) -> str:
    subject = f"Draw a page of a colouring book that shows: {wish.words}"
    return line_art(subject, wish.params, problem=wish.problem)


IMAGINE = Mode(
    name="imagine",
    label=gettext_lazy("Page from an idea"),
    description=gettext_lazy("Turns an idea in words into a page to colour in"),
    parameters=ImagineParameters,
    finish="line_art",
    photos_least=0,
    photos_most=0,
    instruct=instruct,
    prompt_version="imagine-1",
    check_prompt=check_idea,
)
