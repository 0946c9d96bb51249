"""What may be chosen for every page of line art, and changed on a finished one."""

from typing import Literal

from pydantic import Field

from generations.modes.base import Parameters

Complexity = Literal["simple", "standard", "detailed"]


class PrintedParameters(Parameters):
    paper: Literal["a4", "letter"] = Field("a4", description="The sheet it is laid out for")


class PageParameters(PrintedParameters):
    line_thickness: Literal["thin", "medium", "thick"] = Field(
        "medium", description="0.5, 0.9 or 1.5 mm on paper"
    )
    simplify: Literal[0, 1, 2, 3] = Field(0, description="0 as drawn, to 3 the simplest")
    frame: bool = Field(True, description="A frame around the picture")
    mirror: bool = Field(False, description="Left and right swapped")
