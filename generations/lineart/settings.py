"""Everything that is tuned, as data: how finely a picture is drawn (complexity) and how wide its lines are.

Lengths are in working pixels at unit scale (a picture of UNIT_AREA pixels) and are multiplied by `unit_scale`.
The working area is fixed, not the long side: the cost of a square photo would otherwise be a third higher.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

UNIT_AREA = 1200 * 900
NOMINAL_MM_PER_PX = 0.231  # of a unit-scale picture on A4; keeps what is drawn independent of the paper
DETAIL_WIDTH_RATIO = 0.68  # inner detail lines are about two thirds of an outline
SILHOUETTE_WIDTH_RATIO = 1.25  # where the subject meets its background the line is a little bolder


class Complexity(StrEnum):
    """How much is drawn: ages 4-6, 6-10, and 8-12 with adults."""

    SIMPLE = "simple"
    STANDARD = "standard"
    DETAILED = "detailed"


class LineThickness(StrEnum):
    """How wide outlines are on paper."""

    THIN = "thin"
    MEDIUM = "medium"
    THICK = "thick"

    @property
    def width_mm(self) -> float:
        return _WIDTHS_MM[self]


_WIDTHS_MM = {LineThickness.THIN: 0.5, LineThickness.MEDIUM: 0.9, LineThickness.THICK: 1.5}


@dataclass(frozen=True)
class Recipe:
    """The parameters of one complexity."""

    merge_limit: float  # cost above which regions stay apart
    regions_min: int
    regions_max: int
    least_area: float  # share of the picture
    least_radius: float  # px; anything narrower joins a neighbour
    label_blur: float  # px
    rounding: int  # Taubin iterations
    detail_sigma: float  # px, across a detail line
    detail_strong: float  # response that starts a detail line
    detail_weak: float  # response that continues one
    detail_length: float  # px, least length
    detail_score: float  # length x mean response that a line needs once the picture has enough lines
    detail_spacing: float  # px between detail lines
    enough_line: float  # px of line (outlines and details) after which only good details are added
    most_line: float  # px of line after which none is
    background: float  # weight of the least important places, 0..1

    def eased(self, ease: float) -> "Recipe":
        """The same recipe for a picture that falls into too few regions: merging stops `ease` times sooner."""
        return replace(
            self,
            merge_limit=self.merge_limit / ease,
            regions_min=min(self.regions_max, round(self.regions_min * ease)),
        )


RECIPES = {
    Complexity.SIMPLE: Recipe(
        merge_limit=6.4,
        regions_min=9,
        regions_max=40,
        least_area=0.0040,
        least_radius=8.0,
        label_blur=5.0,
        rounding=30,
        detail_sigma=1.9,
        detail_strong=2.3,
        detail_weak=1.05,
        detail_length=55,
        detail_score=700,
        detail_spacing=20,
        enough_line=9_500,
        most_line=19_500,
        background=0.35,
    ),
    Complexity.STANDARD: Recipe(
        merge_limit=4.05,
        regions_min=18,
        regions_max=100,
        least_area=0.0014,
        least_radius=6.0,
        label_blur=3.5,
        rounding=20,
        detail_sigma=1.6,
        detail_strong=1.5,
        detail_weak=0.68,
        detail_length=38,
        detail_score=300,
        detail_spacing=13,
        enough_line=14_700,
        most_line=32_500,
        background=0.55,
    ),
    Complexity.DETAILED: Recipe(
        merge_limit=2.75,
        regions_min=45,
        regions_max=260,
        least_area=0.0005,
        least_radius=4.5,
        label_blur=2.4,
        rounding=14,
        detail_sigma=1.3,
        detail_strong=1.0,
        detail_weak=0.45,
        detail_length=22,
        detail_score=115,
        detail_spacing=8.5,
        enough_line=21_600,
        most_line=56_000,
        background=0.80,
    ),
}


def unit_scale(height: int, width: int) -> float:
    """Working pixels of this picture per pixel of a unit-scale picture."""
    return math.sqrt(height * width / UNIT_AREA)
