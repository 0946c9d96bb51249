"""A photo becomes a colouring page."""

from typing import Annotated, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from generations.modes.base import Mode, Wish
from generations.modes.instructions import line_art
from generations.modes.page import Complexity, PageParameters

MOST_PLACES = 8  # to point at
ROUNDING = 1e-6  # of shares that a browser has added up


class Tap(BaseModel):
    """A point on the photo."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    x: float = Field(ge=0, le=1, description="From the left, as a share of the upright photo's width")
    y: float = Field(ge=0, le=1, description="From the top, as a share of its height")


class Box(Tap):
    """An upright box on the photo, from its upper left corner."""

    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def lies_on_the_photo(self) -> Self:
        if max(self.x + self.width, self.y + self.height) > 1 + ROUNDING:
            raise ValueError("The box reaches beyond the photo.")
        return self


class Mark(Tap):
    """One of several points on the photo."""

    belongs: bool = Field(True, description="False for what is not a part of the subject")


Marks = Annotated[list[Mark | Box], Field(min_length=1, max_length=MOST_PLACES)]


class ColoringParameters(PageParameters):
    complexity: Complexity = Field("standard", description="How much there is to colour")
    subject: Tap | Box | Marks | None = Field(
        None,
        description="What the photo was taken of: a point on it, a box, or a list of points that belong to it and points "
        "that do not (at most eight, one of them may be a box)",
        examples=[
            {"x": 0.42, "y": 0.3},
            [{"x": 0.42, "y": 0.3}, {"x": 0.5, "y": 0.6}, {"x": 0.8, "y": 0.4, "belongs": False}],
        ],
    )
    background: bool = Field(True, description="Whether more than the subject is shown, where one is known")

    @field_validator("subject")
    @classmethod
    def something_belongs(
        cls, subject: Tap | Box | list[Mark | Box] | None
    ) -> Tap | Box | list[Mark | Box] | None:
        if isinstance(subject, list):
            boxes = sum(isinstance(place, Box) for place in subject)
            if boxes > 1:
                raise ValueError("Only one of the places can be a box.")
            if not boxes and not any(isinstance(place, Mark) and place.belongs for place in subject):
                raise ValueError("At least one of the places must belong to the subject.")
        return subject


SUBJECT = """\
Redraw this photo as a page of a colouring book.
Keep who and what is on it, their poses and their places; make faces friendly and easy to recognise."""
ALONE = "Leave the background white: draw only the main subject."


def instruct(wish: Wish) -> str:
    subject = SUBJECT if wish.params.get("background", True) else f"{SUBJECT}\n{ALONE}"
    return line_art(subject, wish, wishes=wish.words)


COLORING = Mode(
    name="coloring",
    label=_("Colouring page"),
    description=_("Turns a photo into a page to colour in"),
    parameters=ColoringParameters,
    finishes=("line_art",),
    photos_least=1,
    photos_most=1,
    instruct=instruct,
    prompt_version="coloring-1",
)
