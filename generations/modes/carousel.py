"""A topic becomes a set of pages with titles and captions, to colour in or in full colour."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from pydantic import Field

from config.errors import AppError
from generations.modes.base import Mode, Wish
from generations.modes.imagine import MOST_STYLES
from generations.modes.instructions import full_color, line_art
from generations.modes.page import Complexity, PageParameters
from generations.modes.picture import QUALITY, Shape
from generations.modes.styles import PictureStyle, style_line
from generations.providers.base import Finish, Quality
from generations.scenes import understand
from generations.scenes.series import series

LEAST_TOPIC, LONGEST_TOPIC = 10, 800  # letters
LEAST_SLIDES, MOST_SLIDES = 2, 10
LONGEST = {"audience": 120, "purpose": 200, "key_points": 500}  # letters
CHARACTER = "The main character is the one on the photo: keep it easy to recognise on every page."
EXAMPLE = (
    "The picture that is given is another page of the same set: keep its main character and its way of drawing, "
    "and draw the new scene."
)
EXAMPLES = (
    gettext_lazy("Animals on the farm"),
    gettext_lazy("A princess and a dragon"),
    gettext_lazy("Dinosaurs in space"),
)


class CarouselParameters(PageParameters):
    finish: Finish = Field("line_art", description="Pages to colour in, or pictures in full colour")
    slides: int = Field(5, ge=LEAST_SLIDES, le=MOST_SLIDES, description="How many, each for a credit")
    audience: str = Field("", max_length=LONGEST["audience"], description="For whom")
    purpose: str = Field("", max_length=LONGEST["purpose"], description="What for")
    key_points: str = Field("", max_length=LONGEST["key_points"], description="What it must say")
    aspect_ratio: Shape = Field("1:1", description="Width to height of the pictures")
    complexity: Complexity = Field("standard", description="How much there is to colour on a page")
    quality: Quality = QUALITY
    style: list[PictureStyle] = Field(
        ["photo"],
        min_length=1,
        max_length=MOST_STYLES,
        description="How pictures in full colour are made; several are blended",
    )
    background: bool = Field(True, description="Whether more than what a page names is shown")
    seed: int = Field(0, ge=0, le=999_999, description="Another number, other arrangements")


def check_topic(topic: str, finish: Finish, field: str = "prompt") -> None:
    """Raises VALIDATION_ERROR, with suggestions, for a topic that is too short, or of which nobody here can draw any."""
    if len(topic.strip()) < LEAST_TOPIC:
        words = _("Please say in at least %(least)d letters what it shall be about.")
        problem = words % {"least": LEAST_TOPIC}
    elif any_words_will_do(finish) or series(topic, LEAST_SLIDES, get_language() or "en").parts:
        return
    else:
        problem = _("We know none of these words yet. Try animals, vehicles, places or a feast.")
    details = {field: [problem], "suggestions": [str(example) for example in EXAMPLES]}
    raise AppError("VALIDATION_ERROR", problem, details=details)


def any_words_will_do(finish: str) -> bool:
    """A model reads any words; our own engine knows some."""
    chosen = CAROUSEL.finish_of({"finish": finish})
    return any(one.company for one in CAROUSEL.providers(chosen))


def is_drawable(words: str, finish: str) -> bool:
    """Whether somebody here can draw something of what one page shall show."""
    return any_words_will_do(finish) or bool(understand(words, get_language() or "en").wishes)


def instruct(wish: Wish) -> str:
    """What one page shows, with what all of them have in common."""
    common = [wish.theme, CHARACTER if wish.shows_photo else "", EXAMPLE if wish.shows_page else ""]
    if wish.params["finish"] == "full_color":
        subject = f"Make a picture that shows: {wish.words}"
        return full_color(subject, *common, style_line(wish.params["style"]), wish=wish)
    subject = f"Draw a page of a colouring book that shows: {wish.words}"
    return line_art("\n".join(line for line in (subject, *common) if line), wish)


CAROUSEL = Mode(
    name="carousel",
    label=gettext_lazy("A set of pages"),
    description=gettext_lazy(
        "Turns a topic into a set of pages with titles and captions, to colour in or in full colour"
    ),
    parameters=CarouselParameters,
    typed=tuple(LONGEST),
    finishes=("line_art", "full_color"),
    photos_least=0,
    photos_most=1,
    instruct=instruct,
    prompt_version="carousel-2",
    plans_first=True,
    keeps_character=True,
    counted_by="slides",
    check_prompt=check_topic,
)
