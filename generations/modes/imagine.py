"""An idea in words becomes a colouring page, or a picture in full colour."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from pydantic import Field

from config.errors import AppError
from generations.modes.base import Mode, Wish
from generations.modes.instructions import full_color, line_art
from generations.modes.page import Complexity, PageParameters
from generations.modes.picture import PictureParameters
from generations.modes.rooms import RoomStyle, RoomType, room_lines
from generations.modes.styles import PictureStyle, style_line
from generations.providers.base import Finish
from generations.scenes import understand

MOST_STYLES = 3


class ImagineParameters(PageParameters, PictureParameters):
    finish: Finish = Field("line_art", description="A page to colour in, or a picture in full colour")
    complexity: Complexity = Field("standard", description="How much there is to colour")
    background: bool = Field(True, description="Whether more than what the idea names is shown")
    seed: int = Field(0, ge=0, le=999_999, description="Another number, another arrangement")
    style: list[PictureStyle] = Field(
        ["photo"],
        min_length=1,
        max_length=MOST_STYLES,
        description="How a picture in full colour is made; several are blended",
    )
    room_style: RoomStyle | None = Field(None, description="The look of a room in full colour")
    room_type: RoomType | None = Field(None, description="What kind of room is shown in full colour")


EXAMPLES = (
    gettext_lazy("A hedgehog flying a kite over our village"),
    gettext_lazy("Three ducks on a pond"),
    gettext_lazy("A dinosaur at a birthday party"),
    gettext_lazy("A princess and a dragon in front of a castle"),
    gettext_lazy("Fish and an octopus under the sea"),
    gettext_lazy("An astronaut and a robot in space"),
)


def check_idea(prompt: str, finish: Finish) -> None:
    """Raises VALIDATION_ERROR, with suggestions, for an idea of which nobody here can draw anything."""
    if not prompt.strip():
        problem = _("Please type what you would like to see.")
    elif any_words_will_do(finish) or understand(prompt, get_language() or "en").wishes:
        return
    else:
        problem = _("We know none of these words yet. Try animals, vehicles, places or a feast.")
    examples = [str(example) for example in EXAMPLES[:3]]
    raise AppError("VALIDATION_ERROR", problem, details={"prompt": [problem], "suggestions": examples})


def any_words_will_do(finish: Finish) -> bool:
    """A model reads any words; our own engine knows some."""
    return any(provider.company for provider in IMAGINE.providers(finish))


def instruct(wish: Wish) -> str:
    if wish.params.get("finish") == "full_color":
        return _picture(wish)
    return line_art(f"Draw a page of a colouring book that shows: {wish.words}", wish)


def _picture(wish: Wish) -> str:
    params = wish.params
    is_room = params["room_style"] or params["room_type"]
    room = room_lines(params, style="room_style") if is_room else ()
    return full_color(
        f"Make a picture that shows: {wish.words}", style_line(params["style"]), *room, wish=wish
    )


IMAGINE = Mode(
    name="imagine",
    label=gettext_lazy("From an idea"),
    description=gettext_lazy(
        "Turns an idea in words into a page to colour in, or into a picture in full colour"
    ),
    parameters=ImagineParameters,
    finishes=("line_art", "full_color"),
    photos_least=0,
    photos_most=0,
    instruct=instruct,
    prompt_version="imagine-1",
    check_prompt=check_idea,
)
