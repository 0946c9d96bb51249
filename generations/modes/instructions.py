"""What a model is told to draw: short, versioned, and the same for every page of line art and every picture."""

from collections.abc import Mapping

from generations.modes.base import Wish

LINE_ART = """\
Use only clean, even black outlines on pure white paper, and close every shape so that it can be filled with one colour.
No grey, no shading, no hatching, no large black areas, no text, no signature, no frame."""
COMPLEXITY = {
    "simple": "For a child of 4 to 6: few, large, friendly shapes with bold lines and an empty background.",
    "standard": "For a child of 6 to 10: clear shapes with some detail, and a simple background.",
    "detailed": "For a child of 10 or an adult: rich detail with many areas to colour, and a full background.",
}
# What to mend after a page that could not be coloured in, by what the gate found.
MENDS = {
    "blank": "The last drawing was almost empty: draw more to colour.",
    "too_thin": "The last drawing had lines too thin to print: draw bolder lines.",
    "solid_black": "The last drawing had large black areas: leave them white and outline them.",
    "too_dense": "The last drawing had so many lines that nothing was left to colour: draw fewer, larger shapes.",
    "noisy": "The last drawing was full of specks and loose lines: draw whole, connected outlines only.",
    "open": "The last drawing had open outlines: close every shape.",
    "coloured": "The last drawing was in colour: use black and white only.",
    "grey": "The last drawing had grey in it: use pure black and pure white only.",
}
MEND_PAGE = "The last drawing could not be coloured in: draw clear, closed outlines on white paper."


PICTURE = """\
Fill the whole picture up to its edges. It is for a family with children.
No text, no signature, no watermark, no frame."""
# What to mend after a picture that its gate did not let pass, by what that found.
PICTURE_MENDS = {
    "empty": "The last picture was almost empty: draw the whole scene.",
    "copy": "The last picture was the one that you were given, unchanged: make the change that is asked for.",
    "too_small": "The last picture was too small: draw it in full size.",
    "wrong_shape": "The last picture had another shape: draw it in the one that is asked for.",
}
MEND_PICTURE = "The last picture could not be used: draw it anew."


def line_art(subject: str, wish: Wish, *, wishes: str = "") -> str:
    """Four to seven lines for a page to colour in. `wishes` are the family's own, beside the subject."""
    lines = [subject, LINE_ART, COMPLEXITY[str(wish.params["complexity"])], _wishes(wishes)]
    return _text(lines, MENDS, MEND_PAGE, wish)


def full_color(*subject: str, wish: Wish, wishes: str = "") -> str:
    """The lines for a picture in full colour; empty ones are left out."""
    return _text([*subject, PICTURE, _wishes(wishes)], PICTURE_MENDS, MEND_PICTURE, wish)


def _wishes(words: str) -> str:
    return f"The family's wish: {words}" if words else ""


def _text(lines: list[str], mends: Mapping[str, str], usual: str, wish: Wish) -> str:
    mend = mends.get(wish.problem, usual) if wish.problem else ""
    return "\n".join(line for line in (*lines, mend) if line)
