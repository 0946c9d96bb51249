"""A photo becomes a colouring page."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode, Parameters


class ColoringParameters(Parameters):
    complexity: Literal["simple", "standard", "detailed"] = Field(
        "standard", description="How much there is to colour"
    )
    line_thickness: Literal["thin", "medium", "thick"] = Field(
        "medium", description="0.5, 0.9 or 1.5 mm on paper"
    )
    paper: Literal["a4", "letter"] = Field("a4", description="The sheet it is laid out for")


COLORING = Mode(
    name="coloring",
    label=_("Colouring page"),
    description=_("Turns a photo into a page to colour in"),
    parameters=ColoringParameters,
    finish="line_art",
    photos_least=1,
    photos_most=1,
)
