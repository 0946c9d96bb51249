"""Colour by number: a page's areas, a crayon for each, and where the figures stand. Pure, as all line art."""

from generations.lineart.numbers.crayons import CRAYONS, SETS, WHITE, Crayon, crayon_set
from generations.lineart.numbers.numbered import Figure, KeyEntry, NumberedPage, number_page
from generations.lineart.numbers.svg import numbered_svg, solution_svg

__all__ = [
    "CRAYONS",
    "SETS",
    "WHITE",
    "Crayon",
    "Figure",
    "KeyEntry",
    "NumberedPage",
    "crayon_set",
    "number_page",
    "numbered_svg",
    "solution_svg",
]
