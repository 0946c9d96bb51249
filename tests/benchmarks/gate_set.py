"""Pages that are fit to colour and pages that are not, by construction: what the quality gate is measured on.

Good: our pages in every setting, and provider's rasters after finishing. Bad: a good page leaked, hatched, blackened,
thinned, littered or emptied; rasters also shaded, painted, or drawn by the usual recipes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from generations.lineart import Complexity, Drawing, LineThickness, Page, Paper, Sheet, compose_page, draw_all
from generations.lineart.curves import flatten
from generations.lineart.gate import measure
from generations.lineart.page import MM_PER_INCH, Line, Strokes
from generations.lineart.raster import ink
from tests.benchmarks.recipes import RECIPES
from tests.generations.lineart.finish.degraded import LOOKS, Raster, as_raster

LEAK_PERCENT = 95.0  # of the white in one area: a page that has leaked
OPENING_MM = 3.0  # radius of what is cut out of lines
SOLID_SHARE = 0.06  # of the picture blackened, in patches of at least LEAST_PATCH_MM2; too much on a page
HEAVY_SHARE = 0.35  # too much on a raster: less can be hollowed
LEAST_PATCH_MM2 = 150.0
HATCH_MM = 2.2
DASH_MM, DASHES = 1.4, 700
THINNED = 0.15  # of the width: a medium line is then 0.14 mm wide
KEPT_LINES = 0.03
OUTLINE_DPI = 100
RECIPE_PX = 1200


@dataclass(frozen=True)
class Sample:
    """A page or a raster, of what kind it is, and whether the gate should let it pass."""

    kind: str
    is_good: bool
    picture: Page | Raster


def samples_of(photo: Raster) -> Iterator[Sample]:
    """Everything that is made of one photo (H,W,3)."""
    drawings = draw_all(photo)
    for complexity, drawing in drawings.items():
        for thickness in LineThickness:
            yield Sample(f"our page, {complexity}", True, _page(drawing, thickness))
    page = _page(drawings[Complexity.STANDARD], LineThickness.MEDIUM)
    for kind, spoil in BAD_PAGES.items():
        yield Sample(f"page, {kind}", False, spoil(page))
    raster = as_raster(page)
    for kind, look in LOOKS.items():
        yield Sample(f"raster, {kind}", True, look(raster))
    yield Sample("raster, black parts", True, as_raster(blackened(page)))
    for kind, spoiled in _bad_rasters(photo, page, raster).items():
        yield Sample(f"raster, {kind}", False, spoiled)


def _page(drawing: Drawing, thickness: LineThickness) -> Page:
    return compose_page(drawing, thickness, Sheet.for_picture(Paper.A4, drawing.aspect))


def leaked(page: Page) -> Page:
    """Openings cut into the lines until one area holds almost all of the white."""
    random, count = np.random.default_rng(1), 8
    outlines = [line for group in page.strokes[:-1] for line in group.lines if line.smooth]  # silhouettes too
    spots = np.concatenate([_flat(line) for line in outlines])
    while True:
        holes = random.choice(spots, count)
        opened = replace(page, strokes=tuple(_opened(group, holes) for group in page.strokes), fields=None)
        if measure(opened)["largest_percent"] > LEAK_PERCENT:
            return opened
        count *= 2


def _flat(line: Line) -> NDArray[np.float64]:
    return flatten(line.points, 6, closed=line.closed) if line.smooth else line.points


def _opened(group: Strokes, holes: NDArray[np.float64]) -> Strokes:
    lines = [piece for line in group.lines for piece in (_pieces(line, holes) if line.smooth else [line])]
    return Strokes(group.width_mm, tuple(lines))


def _pieces(line: Line, holes: NDArray[np.float64]) -> list[Line]:
    """What is left of a line outside the holes."""
    points = _flat(line)
    points = np.concatenate([points, points[:1]]) if line.closed else points
    away = cKDTree(holes).query(points)[0] > OPENING_MM
    cuts = np.flatnonzero(np.diff(away)) + 1
    runs = zip(np.split(points, cuts), np.split(away, cuts), strict=True)
    return [Line(run, closed=False, smooth=False) for run, keep in runs if keep[0] and len(run) > 1]


def blackened(page: Page, share: float = SOLID_SHARE) -> Page:
    """Its larger areas filled with black, the smallest first, until there is this share of it."""
    px_per_mm = OUTLINE_DPI / MM_PER_INCH
    white = ~ink(page, OUTLINE_DPI)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(white.view(np.uint8), connectivity=4)
    area = stats[:, cv2.CC_STAT_AREA] / px_per_mm**2
    fills, black = [], 0.0
    for number in [n for n in np.argsort(area).tolist() if n > 0 and area[n] > LEAST_PATCH_MM2]:
        if black < share * page.picture.width * page.picture.height:
            patch = cv2.dilate((labels == number).view(np.uint8), np.ones((5, 5), np.uint8))
            (outline, *_), _ = cv2.findContours(patch, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
            fills.append(Line((outline[:, 0] + 0.5) / px_per_mm, closed=True, smooth=False))
            black += float(area[number])
    return replace(page, fills=(*page.fills, *fills))


def hatched(page: Page) -> Page:
    """Lines drawn all over it, closer than a crayon is wide."""
    box = page.picture
    rows = np.arange(box.y, box.y + box.height, HATCH_MM)
    lines = [Line(np.array([[box.x, y], [box.x + box.width, y]]), closed=False) for y in rows]
    return replace(page, strokes=(*page.strokes, Strokes(page.strokes[0].width_mm, tuple(lines))))


def littered(page: Page) -> Page:
    """Short loose dashes all over it."""
    box, random = page.picture, np.random.default_rng(2)
    start = random.uniform((box.x, box.y), (box.x + box.width, box.y + box.height), (DASHES, 2))
    lines = [Line(np.array([point, point + DASH_MM]), closed=False) for point in start]
    return replace(page, strokes=(*page.strokes, Strokes(page.strokes[-1].width_mm, tuple(lines))))


def thinned(page: Page) -> Page:
    """Its lines too thin for many printers."""
    return replace(
        page, strokes=tuple(Strokes(group.width_mm * THINNED, group.lines) for group in page.strokes)
    )


def emptied(page: Page) -> Page:
    """Nothing left of it but the frame and a few lines."""
    outlines = page.strokes[0].lines
    few = outlines[: 1 + max(1, round(KEPT_LINES * len(outlines)))]
    return replace(page, strokes=(Strokes(page.strokes[0].width_mm, few),), fills=())


BAD_PAGES: dict[str, Callable[[Page], Page]] = {
    "leaked": leaked,
    "blackened": blackened,
    "hatched": hatched,
    "littered": littered,
    "thinned": thinned,
    "emptied": emptied,
}


def _bad_rasters(photo: Raster, page: Page, raster: Raster) -> dict[str, Raster]:
    factor = RECIPE_PX / max(photo.shape)
    photo = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    spoiled = {kind: as_raster(BAD_PAGES[kind](page)) for kind in ("hatched", "littered", "emptied")}
    drawn = {kind: _rgb(RECIPES[kind](photo)) for kind in ("adaptive threshold", "XDoG", "flow DoG")}
    return {
        **spoiled,
        "mostly black": as_raster(blackened(page, HEAVY_SHARE)),
        "painted": _painted(raster, np.array([[255, 190, 170], [190, 225, 255], [205, 240, 190]], np.uint8)),
        "shaded": _painted(raster, np.array([[190] * 3, [160] * 3, [215] * 3], np.uint8)),
        "the photo": photo,
        "the photo in grey": _rgb(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)),
        **drawn,
    }


def _rgb(grey: Raster) -> Raster:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def _painted(raster: Raster, colours: NDArray[np.uint8]) -> Raster:
    """Every other area filled with the next of the colours."""
    _, labels = cv2.connectedComponents((raster[..., 0] > 128).view(np.uint8), connectivity=4)
    paint = colours[(labels // 2) % len(colours)]
    chosen = (labels % 2 == 1)[..., None]
    return np.asarray(np.minimum(raster, np.where(chosen, paint, np.uint8(255))), np.uint8)
