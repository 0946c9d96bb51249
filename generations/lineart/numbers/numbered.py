"""A page coloured by number: which crayon for which area, and where its figure stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Bytes
from generations.lineart.numbers.areas import Areas, contacts, field_colours, find_areas, mean_colours
from generations.lineart.numbers.choice import Choice, Clashes, choose
from generations.lineart.numbers.crayons import WHITE, Crayon, crayon_set, lab_of
from generations.lineart.numbers.digits import MM_PER_PT, half_diagonal_pt
from generations.lineart.numbers.matching import crayon_costs, differences
from generations.lineart.numbers.palette import palette_costs
from generations.lineart.numbers.poles import Pole, find_poles
from generations.lineart.page import Page

SMALLEST_PT, LARGEST_PT = 6.0, 13.0
CLEARANCE_MM = 0.3  # between a figure and the nearest line
APART_MM, ROOMY_MM = 75.0, 6.0  # further figures in one large area
ALIKE, UNLIKE = (
    7.0,
    16.0,
)  # CIEDE2000: neighbours nearer than the first may have one crayon, further than the second not
IMPORTANCE = 0.3  # an area a hundred times as large is four times as important
LEAST_CONTACT_MM = 2.0  # neighbours that only meet at a corner may too


@dataclass(frozen=True)
class Figure:
    """A number whose middle is at x, y mm on the sheet."""

    number: int
    x: float
    y: float
    size_pt: float


@dataclass(frozen=True)
class KeyEntry:
    """A crayon of the key, and how many areas it is for."""

    crayon: Crayon
    areas: int


@dataclass(frozen=True, eq=False)
class NumberedPage:
    """`numbers` (N,): the crayon of each area, WHITE for none; `filled` (N,): areas too small for a figure."""

    page: Page
    areas: Areas
    numbers: NDArray[np.intp]
    filled: NDArray[np.bool_]
    figures: tuple[Figure, ...]
    key: tuple[KeyEntry, ...]


def number_page(page: Page, set_size: int, picture: Bytes | None = None) -> NumberedPage:
    """The page with numbers of the set of 8, 12 or 24 crayons, at most 12 of them.

    Colours are those of `picture` (H,W,3), which spans the page's picture; else of the page's fields; else a palette of our
    own. Raises ValueError for another set.
    """
    crayons, areas = crayon_set(set_size), find_areas(page)
    if areas.count == 0:
        return NumberedPage(page, areas, np.zeros(0, np.intp), np.zeros(0, np.bool_), (), ())
    numbers = _crayons_for(areas, crayons, _colours_of(areas, page, picture))
    poles = find_poles(
        areas.labels, apart=APART_MM * areas.px_per_mm, least_radius=ROOMY_MM * areas.px_per_mm
    )
    figures = [(pole.area - 1, _figure(pole, int(numbers[pole.area - 1]), areas)) for pole in poles]
    fitting = [(area, figure) for area, figure in figures if figure and figure.number != WHITE]
    has_figure = np.isin(np.arange(areas.count), [area for area, _ in fitting])
    return NumberedPage(
        page,
        areas,
        numbers,
        ~has_figure & (numbers != WHITE),
        tuple(figure for _, figure in fitting),
        _key(crayons, numbers[has_figure]),
    )


def _colours_of(areas: Areas, page: Page, picture: Bytes | None) -> NDArray[np.float64] | None:
    """The mean RGB (N,3) of the areas; None when nobody knows it."""
    if picture is not None:
        return mean_colours(areas, picture)
    return field_colours(areas, page.fields) if page.fields else None


def _crayons_for(areas: Areas, crayons: tuple[Crayon, ...], colours: NDArray[np.float64] | None) -> Choice:
    weights = areas.sizes_mm2**IMPORTANCE
    if colours is None:
        costs = palette_costs(areas, crayons)
        unlike = np.ones((areas.count, areas.count))
    else:
        lab = lab_of(colours)
        costs = crayon_costs(lab, crayons, areas.sizes_mm2)
        unlike = np.clip((differences(lab, lab) - ALIKE) / (UNLIKE - ALIKE), 0, 1)
    touching = [pair for pair, length in contacts(areas).items() if length >= LEAST_CONTACT_MM]
    pairs = np.array(touching, np.intp).reshape(-1, 2)
    return choose(costs, weights, Clashes(pairs, unlike[pairs[:, 0], pairs[:, 1]]))


def _figure(pole: Pole, number: int, areas: Areas) -> Figure | None:
    """The number at this pole, as large as there is room; None where it would be too small to read."""
    room_mm = pole.radius / areas.px_per_mm - CLEARANCE_MM
    size_pt = min(room_mm / MM_PER_PT / half_diagonal_pt(number), LARGEST_PT)
    if size_pt < SMALLEST_PT:
        return None
    x, y = ((edge + at) / areas.px_per_mm for edge, at in ((areas.left, pole.x), (areas.top, pole.y)))
    return Figure(number, x, y, size_pt)


def _key(crayons: tuple[Crayon, ...], numbers: NDArray[np.intp]) -> tuple[KeyEntry, ...]:
    counts = np.bincount(numbers, minlength=len(crayons) + 1)
    return tuple(KeyEntry(crayon, int(counts[crayon.number])) for crayon in crayons if counts[crayon.number])
