"""A photo becomes a colouring page."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode
from generations.modes.page import PageParameters


class ColoringParameters(PageParameters):
    complexity: Literal["simple", "standard", "detailed"] = Field(
        "standard", description="How much there is to colour"
    )
    background: bool = Field(True, description="Whether more than the subject is shown, where one is known")


COLORING = Mode(
    name="coloring",
    label=_("Colouring page"),
    description=_("Turns a photo into a page to colour in"),
    parameters=ColoringParameters,
    finish="line_art",
    photos_least=1,
    photos_most=1,
)
