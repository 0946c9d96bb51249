"""Two photos become one picture, or one page to colour in."""

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode, Wish
from generations.modes.instructions import full_color, line_art
from generations.modes.page import Complexity, PageParameters
from generations.modes.picture import PictureParameters
from generations.providers.base import Finish

SUBJECT = """\
Put who and what is on these two photos together into one natural scene, in one light and one perspective.
Keep faces, pets and things easy to recognise."""
PAGE = "Draw it as a page of a colouring book."


class ComposeParameters(PageParameters, PictureParameters):
    finish: Finish = Field("full_color", description="A picture in full colour, or a page to colour in")
    complexity: Complexity = Field("standard", description="How much there is to colour on a page")


def instruct(wish: Wish) -> str:
    if wish.params["finish"] == "line_art":
        return line_art(f"{SUBJECT}\n{PAGE}", wish, wishes=wish.words)
    return full_color(SUBJECT, wish=wish, wishes=wish.words)


COMPOSE = Mode(
    name="compose",
    label=_("Two photos in one picture"),
    description=_("Brings two photos together, in colour or as a page to colour in"),
    parameters=ComposeParameters,
    finishes=("full_color", "line_art"),
    photos_least=2,
    photos_most=2,
    instruct=instruct,
    prompt_version="compose-1",
)
