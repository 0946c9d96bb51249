"""What models are told, word for word: a change here needs another `prompt_version`."""

from dataclasses import replace

import pytest

from generations.modes import MODES
from generations.modes.base import Wish
from generations.modes.variants import Variant, variant_for, version_of

PAGE = """\
Use only clean, even black outlines on pure white paper, and close every shape so that it can be filled with one colour.
No grey, no shading, no hatching, no large black areas, no text, no signature, no frame."""

COLORING = f"""\
Redraw this photo as a page of a colouring book.
Keep who and what is on it, their poses and their places; make faces friendly and easy to recognise.
{PAGE}
For a child of 6 to 10: clear shapes with some detail, and a simple background."""

ALONE_AND_AGAIN = f"""\
Redraw this photo as a page of a colouring book.
Keep who and what is on it, their poses and their places; make faces friendly and easy to recognise.
Leave the background white: draw only the main subject.
{PAGE}
For a child of 4 to 6: few, large, friendly shapes with bold lines and an empty background.
The family's wish: please with a hat
The last drawing had grey in it: use pure black and pure white only."""

IDEA = f"""\
Draw a page of a colouring book that shows: a hedgehog
{PAGE}
For a child of 10 or an adult: rich detail with many areas to colour, and a full background."""


PICTURE = """\
Fill the whole picture up to its edges. It is for a family with children.
No text, no signature, no watermark, no frame."""
HERE = (
    "An Australian home: locally common materials such as eucalypt timber, brick, weatherboard and stone; "
    "bright, airy daylight."
)
JAPANDI = "Japandi: low furniture of light oak, paper and linen, muted earthy colours, much free space"
NURSERY = (
    "The room becomes a nursery for a baby: a cot, a changing table, a comfortable chair for feeding, a soft rug, "
    "gentle colours."
)
KEEP = "Keep the architecture as it is on the photo: walls, windows, doors, floor, ceiling height and viewpoint stay."
KEEP_EACH = (
    "Keep the architecture as it is on the photo. Every wall stays where it is, with its length and its corners. "
    "Every window and door keeps its place, its size and its shape, and what is seen through it. "
    "The floor stays as large as it is, and of the same kind. The ceiling keeps its height. "
    "The viewpoint, the lens and the edges of the picture stay, so that both pictures could be laid on each other."
)

PAINTED_IDEA = f"""\
Make a picture that shows: a hedgehog
Style: a watercolour painting with soft washes on paper, blended with a drawing in coloured pencil with visible strokes.
{PICTURE}"""

ROOM_IDEA = f"""\
Make a picture that shows: a room for twins
Style: a realistic photograph with natural light.
{HERE}
{NURSERY}
{PICTURE}"""

REDESIGN = f"""\
Show the room on this photo with new furniture, colours, textiles, lamps and decoration.
{KEEP}
{HERE}
Style of the room: {JAPANDI}.
{PICTURE}
The family's wish: keep the piano
The last picture was the one that you were given, unchanged: make the change that is asked for."""

STAGING = f"""\
Furnish the room on this photo: put furniture, lamps, rugs, curtains, pictures and plants into it.
{KEEP_EACH}
{HERE}
Style of the room: {JAPANDI}.
{NURSERY}
{PICTURE}"""

TOGETHER = """\
Put who and what is on these two photos together into one natural scene, in one light and one perspective.
Keep faces, pets and things easy to recognise."""
COMPOSE = f"{TOGETHER}\n{PICTURE}"
COMPOSE_PAGE = f"""\
{TOGETHER}
Draw it as a page of a colouring book.
{PAGE}
For a child of 6 to 10: clear shapes with some detail, and a simple background."""

EDIT = f"""\
Change this picture: paint the door red
Everything else stays exactly as it is.
{PICTURE}"""
EDIT_PAGE = f"""\
Change this picture: give the cat a hat
Everything else stays exactly as it is.
It is a page of a colouring book.
{PAGE}
For a child of 6 to 10: clear shapes with some detail, and a simple background."""


SLIDE = f"""\
Draw a page of a colouring book that shows: a frog lays eggs
By a pond in spring; the frog is small and green.
{PAGE}
For a child of 6 to 10: clear shapes with some detail, and a simple background."""
SLIDE_WITH_CHARACTER = f"""\
Make a picture that shows: a frog lays eggs
By a pond in spring; the frog is small and green.
The main character is the one on the photo: keep it easy to recognise on every page.
Style: a storybook illustration, warm and friendly, with soft shapes.
{PICTURE}"""
SLIDE_AFTER_ANOTHER = f"""\
Draw a page of a colouring book that shows: a frog lays eggs
By a pond in spring; the frog is small and green.
The picture that is given is another page of the same set: keep its main character and its way of drawing, and draw the \
new scene.
{PAGE}
For a child of 6 to 10: clear shapes with some detail, and a simple background."""


def wish(mode: str, words: str = "", problem: str = "", variant: Variant = "short", **params: object) -> Wish:
    """What is asked for in this mode, the rest of its parameters as usual."""
    return Wish(MODES[mode].validated(params), words, problem, variant)


COLOUR = "full_color"
POND = "By a pond in spring; the frog is small and green."


def slide(*, shows_photo: bool = False, **params: object) -> Wish:
    usual = wish("carousel", "a frog lays eggs", **params)
    return replace(usual, theme=POND, shows_photo=shows_photo)


TWO_STYLES = ["watercolour", "pencil"]


@pytest.mark.parametrize(
    ("mode", "wish", "version", "text"),
    [
        ("coloring", Wish({"complexity": "standard"}), "coloring-1", COLORING),
        (
            "coloring",
            Wish({"complexity": "simple", "background": False}, "please with a hat", "grey"),
            "coloring-1",
            ALONE_AND_AGAIN,
        ),
        ("imagine", Wish({"complexity": "detailed"}, "a hedgehog"), "imagine-1", IDEA),
        ("imagine", wish("imagine", "a hedgehog", finish=COLOUR, style=TWO_STYLES), "imagine-1", PAINTED_IDEA),
        ("imagine", wish("imagine", "a room for twins", finish=COLOUR, room_type="nursery"), "imagine-1", ROOM_IDEA),
        ("redesign", wish("redesign", "keep the piano", "copy", style="japandi"), "redesign-1", REDESIGN),
        ("staging", wish("staging", variant="long", style="japandi"), "staging-1", STAGING),
        ("compose", wish("compose"), "compose-1", COMPOSE),
        ("compose", wish("compose", finish="line_art"), "compose-1", COMPOSE_PAGE),
        ("carousel", slide(), "carousel-2", SLIDE),
        ("carousel", slide(shows_photo=True, finish=COLOUR, style=["storybook"]), "carousel-2", SLIDE_WITH_CHARACTER),
        ("carousel", replace(slide(), shows_page=True), "carousel-2", SLIDE_AFTER_ANOTHER),
        ("edit", wish("edit", "paint the door red", finish=COLOUR), "edit-1", EDIT),
        ("edit", wish("edit", "give the cat a hat"), "edit-1", EDIT_PAGE),
    ],
    ids=[
        "photo", "redo", "idea", "painted idea", "room idea", "redesign", "staging, long", "compose", "compose as a page",
        "slide", "slide with a character", "slide after another", "edit", "edit of a page",
    ],
)  # fmt: skip
def test_instructions(mode: str, wish: Wish, version: str, text: str):
    assert MODES[mode].instruct(wish) == text
    assert MODES[mode].prompt_version == version


def test_who_is_told_more_is_told_apart():
    versions = [version_of("staging-1", variant_for(model)) for model in ("gpt-image-1", "gemini-drawing")]
    assert versions == ["staging-1-long", "staging-1"]
