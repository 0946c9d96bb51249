"""A picture that is there is changed as words say."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from config.errors import AppError
from generations.modes.base import Mode, Wish
from generations.modes.instructions import full_color, line_art
from generations.modes.page import Complexity, PageParameters
from generations.modes.picture import QUALITY
from generations.providers.base import Finish, Quality

SUBJECT = "Change this picture: {words}\nEverything else stays exactly as it is."
PAGE = "It is a page of a colouring book."
# Done once already on the picture that is changed.
DONE = {"mirror", "simplify"}


class EditParameters(PageParameters):
    finish: Finish = Field("line_art", description="As the picture has it")
    complexity: Complexity = Field("standard", description="How much there is to colour on a page")
    quality: Quality = QUALITY


def edit_params(finish: Finish, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of an edit of a picture with this finish that was made with these."""
    kept = EditParameters.model_fields.keys() - DONE
    return {name: value for name, value in params.items() if name in kept} | {"finish": finish}


def check_words(prompt: str, finish: Finish) -> None:
    """Raises VALIDATION_ERROR for none."""
    if not prompt.strip():
        problem = _("Please say what shall be changed.")
        raise AppError("VALIDATION_ERROR", problem, details={"prompt": [problem]})


def instruct(wish: Wish) -> str:
    subject = SUBJECT.format(words=wish.words)
    if wish.params["finish"] == "line_art":
        return line_art(f"{subject}\n{PAGE}", wish)
    return full_color(subject, wish=wish)


EDIT = Mode(
    name="edit",
    label=gettext_lazy("Change with words"),
    description=gettext_lazy("Changes a picture of yours as you say"),
    parameters=EditParameters,
    finishes=("line_art", "full_color"),
    photos_least=0,
    photos_most=0,
    instruct=instruct,
    prompt_version="edit-1",
    changes_picture=True,
    check_prompt=check_words,
)
