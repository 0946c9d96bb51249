"""What models are told, word for word: a change here needs another `prompt_version`."""

import pytest

from generations.modes import MODES
from generations.modes.base import Wish

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
    ],
    ids=["photo", "redo", "idea"],
)
def test_instructions(mode: str, wish: Wish, version: str, text: str):
    assert MODES[mode].instruct(wish) == text
    assert MODES[mode].prompt_version == version
