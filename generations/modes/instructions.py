"""What a model is told to draw: short, versioned, and the same for every page of line art.

Short on purpose: for photo -> line art five lines scored 4.92 of 5 on a large model, a long text 3.30, and 2.68 on a
small one (measured before this was built).
"""

from collections.abc import Mapping

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
MEND = "The last drawing could not be coloured in: draw clear, closed outlines on white paper."


def line_art(subject: str, params: Mapping[str, object], *, wishes: str = "", problem: str = "") -> str:
    """Four to seven lines. `problem` is what the gate found on the last try, "" on the first."""
    lines = [subject, LINE_ART, COMPLEXITY[str(params["complexity"])]]
    lines += [f"The family's wish: {wishes}"] if wishes else []
    lines += [MENDS.get(problem, MEND)] if problem else []
    return "\n".join(lines)
