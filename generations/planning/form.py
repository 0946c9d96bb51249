"""What a plan of a set of pages holds, and how long its words may be."""

from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, create_model

LONGEST = {"theme": 300, "final_caption": 300, "title": 120, "caption": 300, "image_prompt": 400}  # letters

SLIDE_WORDS = ("title", "caption", "image_prompt")


def short(name: str) -> AfterValidator:
    """Plain words, cut off where a model is long-winded. Raises ValueError for none."""

    def checked(text: str) -> str:
        plain = " ".join(text.split())[: LONGEST[name]].rstrip()
        if not plain or not plain.isprintable():
            raise ValueError("no words")
        return plain

    return AfterValidator(checked)


class Slide(BaseModel):
    """One page."""

    title: Annotated[str, short("title"), Field(description="A short title")]
    caption: Annotated[str, short("caption"), Field(description="One or two sentences below the picture")]
    image_prompt: Annotated[
        str,
        short("image_prompt"),
        Field(description="What the picture shows, in one sentence; no text in it"),
    ]


class CarouselPlan(BaseModel):
    """The whole set."""

    theme: Annotated[
        str,
        short("theme"),
        Field(description="What all pictures have in common: place, light, and how the main character looks"),
    ]
    slides: list[Slide]
    final_caption: Annotated[
        str, short("final_caption"), Field(description="One or two sentences that end the set")
    ]


@cache
def form_for(slides: int) -> type[CarouselPlan]:
    """The form of a plan with just so many slides."""
    exactly = Annotated[list[Slide], Field(min_length=slides, max_length=slides)]
    return create_model("CarouselPlan", __base__=CarouselPlan, slides=(exactly, ...))


class OwnPlan(CarouselPlan):
    """A plan of our own: `not_drawn` are the words that are on none of its pictures."""

    not_drawn: list[str] = []
