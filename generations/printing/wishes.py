"""What may be chosen for a print."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["page", "color_by_number", "tracing", "two_up", "poster"]
PosterSheets = Literal[4, 9]
CrayonSet = Literal[8, 12, 24]


@dataclass(frozen=True)
class Wishes:
    """An empty paper means the one the page has. What a layout does not know it takes no notice of.

    `crayons` and `solution` are for colour by number, `light` (grey lines to draw over) for tracing.
    """

    layout: Layout = "page"
    paper: str = ""
    title: str = ""
    child_name: str = ""
    crayons: CrayonSet = 12
    solution: bool = True
    light: bool = False
    poster_sheets: PosterSheets = 4


BookLayout = Literal["page", "color_by_number", "two_up"]
Backs = Literal["none", "blank", "captions"]


@dataclass(frozen=True)
class BookWishes:
    """How a book is printed. An empty paper means the one its pages have. `backs` are the left sides: there are none,
    they stay blank so that markers may bleed through, or each has the caption of the picture beside it. Two on a sheet have
    no cover, no title page and no left sides."""

    layout: BookLayout = "page"
    backs: Backs = "none"
    paper: str = ""
    crayons: CrayonSet = 12
    solution: bool = True


@dataclass(frozen=True)
class SeveralWishes(Wishes):
    """How several pictures are printed, one after the other: `render_ids` in their order, each as text. With `own_titles`
    every picture has its own title above it, where it has one, and else `title`."""

    render_ids: tuple[str, ...] = ()
    own_titles: bool = False
