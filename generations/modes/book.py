"""Photos become a colouring book: a page of each."""

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode
from generations.modes.coloring import COLORING
from generations.modes.page import Complexity, PageParameters

LONGEST_TITLE, LONGEST_NAME = 120, 80


class BookParameters(PageParameters):
    complexity: Complexity = Field("standard", description="How much there is to colour")
    title: str = Field("", max_length=LONGEST_TITLE, description="On the cover")
    child_name: str = Field("", max_length=LONGEST_NAME, description="Whose book it is")


BOOK = Mode(
    name="book",
    label=_("Colouring book"),
    description=_("Turns your photos into a book of pages to colour in"),
    parameters=BookParameters,
    typed=("title", "child_name"),
    finishes=("line_art",),
    photos_least=2,
    photos_most=24,
    instruct=COLORING.instruct,
    prompt_version=COLORING.prompt_version,
    draws_each_photo=True,
)
