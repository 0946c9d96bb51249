"""The quality gate: is this page fit to be coloured? Numbers from its raster, limits as data."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Mask, components, distance_inside
from generations.lineart.page import LEAST_AREAS, MM_PER_INCH, Page
from generations.lineart.raster import HALF_DPI, picture_ink
from generations.lineart.skeleton import skeleton_of

LEAST_AREA_MM2, LEAST_RADIUS_MM = 25.0, 1.0  # what a crayon can fill
SPECK_MM2 = 2.0
THINNEST_MM = 0.2  # thinner lines come out broken on many printers: one dot of 120 DPI
SOLID_RADIUS_MM = 2.2  # ink this deep is a black patch, not a line (the widest is 0.75 mm deep)

Numbers = dict[str, float]


@dataclass(frozen=True)
class Verdict:
    """Whether a page passes; `problem` is a stable code, empty when it does."""

    ok: bool
    problem: str
    numbers: Numbers


def _most_white(numbers: Numbers) -> float:
    """The largest share of one area: a subject alone, of which few areas are asked, may stand on much white."""
    return 92.0 if numbers["least_areas"] >= LEAST_AREAS else 97.5


# In order: the first that holds is the problem. Each limit lies between what was measured on good pages (nine settings of
# eight photographs, and 48 finished rasters) and on the same pages spoiled (`tests/benchmarks/gate_set.py`):
#                     good          bad
#   ink               1.5-16.4 %    emptied 0-0.5 %, hatched 43-46 %
#   solid black       0 %           blackened 4.5 % and more
#   open ends         at most 60    littered 1200 (132 on other photographs)
#   specks            at most 4
#   largest area      at most 79 %  leaked 95-99.7 % (the 79 are a rocket before an empty sky)
PROBLEMS: tuple[tuple[str, Callable[[Numbers], bool]], ...] = (
    ("too_thin", lambda n: n["thinnest_mm"] < THINNEST_MM),
    ("blank", lambda n: n["ink_percent"] < 0.8),
    ("solid_black", lambda n: n["solid_percent"] > 1.0),
    ("too_dense", lambda n: n["ink_percent"] > 28.0),
    ("noisy", lambda n: n["open_ends"] > 250 or n["specks"] > 100),
    ("open", lambda n: n["areas"] < n["least_areas"] or n["largest_percent"] > _most_white(n)),
)


def judge(page: Page) -> Verdict:
    """Measure a page and say whether a child can colour it."""
    numbers = measure(page)
    problem = next((code for code, holds in PROBLEMS if holds(numbers)), "")
    return Verdict(ok=not problem, problem=problem, numbers=numbers)


def measure(page: Page) -> Numbers:
    """The page's numbers: shares in percent of the picture, areas in mm2, the thinnest stroke, and counts."""
    black = picture_ink(page)
    px_per_mm = HALF_DPI / MM_PER_INCH
    return {
        "ink_percent": _percent(_without_frame(black, page, px_per_mm)),
        "solid_percent": _percent(distance_inside(black) > SOLID_RADIUS_MM * px_per_mm),
        "thinnest_mm": min((group.width_mm for group in page.strokes if group.lines), default=THINNEST_MM),
        "open_ends": float(_open_ends(black)),
        "least_areas": float(page.least_areas),
        **_area_numbers(_enclosed(~black, page), px_per_mm),
    }


def _without_frame(black: Mask, page: Page, px_per_mm: float) -> Mask:
    rim = math.ceil(page.strokes[0].width_mm / 2 * px_per_mm) + 1
    return black[rim:-rim, rim:-rim]


def _enclosed(white: Mask, page: Page) -> Mask:
    """The white that lines close in: without a frame, what lies at the picture's rim is open to the paper around."""
    if page.framed:
        return white
    _, labels = components(white, connectivity=4)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return np.asarray(white & ~np.isin(labels, rim), np.bool_)


def _percent(mask: NDArray[np.bool_]) -> float:
    return 100 * (int(np.count_nonzero(mask)) / mask.size)


def _open_ends(black: Mask) -> int:
    """Ends of lines: skeleton pixels with one neighbour, but for those where the picture is cut out."""
    skeleton = skeleton_of(black)
    neighbours = cv2.boxFilter(
        skeleton.view(np.uint8), -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    ends = skeleton & (neighbours == 2)
    return int(np.count_nonzero(ends[2:-2, 2:-2]))


def _area_numbers(white: Mask, px_per_mm: float) -> Numbers:
    """Number, least, largest and effective number of the areas that a crayon can fill."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(white.view(np.uint8), connectivity=4)
    size = stats[1:, cv2.CC_STAT_AREA] / px_per_mm**2
    if len(size) == 0:
        return dict.fromkeys(("areas", "smallest_mm2", "largest_percent", "effective_areas", "specks"), 0.0)
    wide = np.zeros(len(stats), np.bool_)
    wide[labels[distance_inside(white) >= LEAST_RADIUS_MM * px_per_mm]] = True
    fillable = size[(size >= LEAST_AREA_MM2) & wide[1:]]
    shares = size / size.sum()
    return {
        "areas": float(len(fillable)),
        "smallest_mm2": float(fillable.min()) if len(fillable) else 0.0,
        "largest_percent": 100 * float(shares.max()),
        "effective_areas": 1 / float((shares**2).sum()),
        "specks": float(np.count_nonzero(size < SPECK_MM2)),
    }
