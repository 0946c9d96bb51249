"""What every image model of a company draws: words and pictures in, a picture out."""

from collections.abc import Mapping

LINES = frozenset({"line_art"})
COLOURS = frozenset({"full_color"})
MODELS_DRAW: Mapping[str, frozenset[str]] = {
    "coloring": LINES,
    "book": LINES,
    "carousel": LINES | COLOURS,
    "imagine": LINES | COLOURS,
    "compose": LINES | COLOURS,
    "redesign": COLOURS,
    "staging": COLOURS,
    "edit": LINES | COLOURS,
}
