"""What holds for every page, whatever was drawn: tried on random maps of regions."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from generations.lineart import Complexity, LineThickness, Look, Page, Sheet
from generations.lineart.arrays import distance_inside
from generations.lineart.details import Traces
from generations.lineart.finish import find_lines
from generations.lineart.merge import MergeTree
from generations.lineart.page import MM_PER_INCH
from generations.lineart.photo_drawing import PhotoDrawing
from generations.lineart.raster import ink

# A third of each paper, with its margins: the strokes are as wide as on the whole, and a page costs a tenth.
SHEETS = (Sheet(70, 99, 5), Sheet(99, 70, 5), Sheet(72, 93, 3), Sheet(93, 72, 3))
DPI = 150
CORE_MM = 1.6  # from the rim of a region: what smoothing and the widest stroke leave white


def cells(seed: int, count: int, height: int = 150, width: int = 200) -> NDArray[np.int32]:
    """A map of `count` regions at most, each the pixels nearest to one of as many random places."""
    places = np.random.default_rng(seed).uniform((0, 0), (height, width), (count, 2))
    y, x = np.indices((height, width))
    nearest = np.hypot(y[..., None] - places[:, 0], x[..., None] - places[:, 1]).argmin(axis=2)
    return np.unique(nearest, return_inverse=True)[1].reshape(height, width).astype(np.int32)


def drawing_from(labels: NDArray[np.int32]) -> PhotoDrawing:
    """A drawing of these regions and nothing else, all its boundaries certain."""
    count = int(labels.max()) + 1
    height, width = labels.shape
    none = np.zeros(0, np.uint8)
    return PhotoDrawing(
        complexity=Complexity.STANDARD,
        labels=labels,
        colours=np.full((count, 3), 128, np.uint8),
        subject=np.zeros(count, np.bool_),
        merges=MergeTree(
            np.zeros(count - 1, np.int32), np.arange(1, count, dtype=np.int32), np.ones(count - 1, np.float32)
        ),
        strength=np.full(((height + 1) // 2, (width + 1) // 2), 255, np.uint8),
        details=Traces(np.zeros((0, 2), np.int16), none, np.zeros(1, np.int32), np.zeros(0, np.bool_)),
        spots=(),
        pupils=(),
    )


def picture_ink(page: Page) -> NDArray[np.bool_]:
    px_per_mm, box = DPI / MM_PER_INCH, page.picture
    left, top = round(box.x * px_per_mm), round(box.y * px_per_mm)
    height, width = round(box.height * px_per_mm), round(box.width * px_per_mm)
    return ink(page, DPI)[top : top + height, left : left + width]


def leaks(page: Page, labels: NDArray[np.int32]) -> list[int]:
    """White areas of the page that reach into the core of more than one region."""
    black = picture_ink(page)
    there = cv2.resize(labels.astype(np.float32), black.shape[::-1], interpolation=cv2.INTER_NEAREST)
    regions = np.rint(there).astype(np.int32)
    inner = np.zeros(black.shape, np.bool_)
    for number in range(int(labels.max()) + 1):
        inner |= distance_inside(regions == number) > CORE_MM * DPI / MM_PER_INCH
    areas = cv2.connectedComponents((~black).view(np.uint8), connectivity=4)[1]
    seen = np.unique(np.stack([areas[inner & ~black], regions[inner & ~black]]), axis=1)
    numbers, counts = np.unique(seen[0], return_counts=True)
    return numbers[counts > 1].tolist()


def outside(page: Page) -> float:
    """How far in mm any stroke with its width, or fill, lies outside the sheet's free area; 0 when none does."""
    sheet, far = page.sheet, 0.0
    edge = np.array([sheet.width_mm, sheet.height_mm]) - sheet.margin_mm
    groups = [(group.width_mm / 2, line) for group in page.strokes for line in group.lines]
    for half, line in (*groups, *((0.0, line) for line in page.fills)):
        low, high = line.points.min(axis=0) - half, line.points.max(axis=0) + half
        far = max(far, float((sheet.margin_mm - low).max()), float((high - edge).max()))
    return far


seeds = st.integers(0, 10_000)
counts = st.integers(1, 40)
thicknesses = st.sampled_from(list(LineThickness))
sheets = st.sampled_from(SHEETS)
looks = st.builds(Look, frame=st.booleans(), mirror=st.booleans(), simplify=st.integers(0, 3))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seeds, counts, thicknesses, sheets)
def test_regions_stay_apart_on_paper(seed: int, count: int, thickness: LineThickness, sheet: Sheet):
    page = drawing_from(cells(seed, count)).compose(thickness, sheet)
    assert page.fields is not None
    assert leaks(page, page.fields.labels) == []


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seeds, counts, thicknesses, sheets, looks)
def test_no_stroke_leaves_the_page(seed: int, count: int, thickness: LineThickness, sheet: Sheet, look: Look):
    page = drawing_from(cells(seed, count)).compose(thickness, sheet, look)
    assert outside(page) < 0.06  # a step of the grid that SVG is written on


@settings(max_examples=8, deadline=None, derandomize=True)
@given(seeds, st.integers(2, 25), st.integers(3, 9), thicknesses, sheets)
def test_a_finished_raster_keeps_its_areas_apart_and_on_the_page(
    seed: int, count: int, pen: int, thickness: LineThickness, sheet: Sheet
):
    labels = cv2.resize(cells(seed, count), (400, 300), interpolation=cv2.INTER_NEAREST)
    edges = cv2.morphologyEx(labels.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((pen, pen)))
    grey = np.where(edges > 0, 0, 255).astype(np.uint8)
    page = find_lines(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)).compose(thickness, sheet)
    assert leaks(page, labels) == []
    assert outside(page) < 0.06
