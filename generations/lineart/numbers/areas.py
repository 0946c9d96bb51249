"""The areas of a page that a crayon can fill, as they are on paper: the white parts between the ink."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Labels, components
from generations.lineart.labels import nearest_fill
from generations.lineart.page import MM_PER_INCH, Fields, Page
from generations.lineart.raster import HALF_DPI, picture_ink, picture_window

SPECK_MM2 = 0.6  # less than this is a gap between two strokes and belongs to whatever is around it


@dataclass(frozen=True, eq=False)
class Areas:
    """White areas 1..N of a page's picture, on a grid of `px_per_mm` that begins at `left`, `top` px of the sheet.

    `labels` (H,W) is 0 on ink; `grown` (H,W) goes on under the ink up to the middle of the strokes, and has no 0.
    """

    labels: Labels
    grown: Labels
    left: int
    top: int
    px_per_mm: float

    @cached_property
    def count(self) -> int:
        return int(self.labels.max())

    @cached_property
    def sizes_mm2(self) -> NDArray[np.float64]:
        """(N,) in mm2, of areas 1..N."""
        return np.bincount(self.labels.ravel(), minlength=self.count + 1)[1:] / self.px_per_mm**2


def find_areas(page: Page) -> Areas:
    """The areas of this page inside its picture, whether a frame is drawn around it or not."""
    px_per_mm = HALF_DPI / MM_PER_INCH
    rows, columns = picture_window(page)
    white = components(~picture_ink(page), connectivity=4)[1]
    labels = _without_specks(white, SPECK_MM2 * px_per_mm**2)
    return Areas(labels, _grown(labels), columns.start, rows.start, px_per_mm)


def _without_specks(labels: Labels, least_px: float) -> Labels:
    """The labels numbered anew 1..N without those smaller than `least_px`, which become 0."""
    stays = np.bincount(labels.ravel()) >= least_px
    stays[0] = False
    return np.asarray(np.where(stays, np.cumsum(stays), 0).astype(np.int32)[labels])


def _grown(labels: Labels) -> Labels:
    """Every pixel of ink goes to the nearest area, so that paint has no white seam beside the strokes."""
    if not labels.any():
        return labels
    return nearest_fill(labels, labels > 0)


def contacts(areas: Areas) -> dict[tuple[int, int], float]:
    """Neighbours (i, j), i < j, 0-based, with the length in mm along which only a stroke divides them."""
    grown = areas.grown
    sideways, downwards = grown[:, 1:] != grown[:, :-1], grown[1:] != grown[:-1]
    one = np.concatenate([grown[:, 1:][sideways], grown[1:][downwards]])
    other = np.concatenate([grown[:, :-1][sideways], grown[:-1][downwards]])
    numbered = (np.minimum(one, other) - np.int64(1)) * areas.count + np.maximum(one, other) - 1
    pairs, steps = np.unique(numbered, return_counts=True)
    lengths = zip(pairs.tolist(), (steps / areas.px_per_mm).tolist(), strict=True)
    return {divmod(pair, areas.count): length for pair, length in lengths}


def field_colours(areas: Areas, fields: Fields) -> NDArray[np.float64]:
    """Mean RGB (N,3) over each area of the page's fields in their colours."""
    (height, width), count = areas.labels.shape, len(fields.colours)
    spread = cv2.resize(fields.labels, (width, height), interpolation=cv2.INTER_NEAREST)
    slots = (areas.count + 1) * count
    shared = np.bincount((areas.labels * count + spread).ravel(), minlength=slots).reshape(-1, count)[1:]
    return np.asarray(shared @ fields.colours.astype(np.float64) / shared.sum(axis=1)[:, None], np.float64)


def mean_colours(areas: Areas, picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Mean RGB (N,3) of a picture (h,w,3) of any size that spans the page's picture, over each area."""
    height, width = areas.labels.shape
    spread = cv2.resize(picture, (width, height), interpolation=cv2.INTER_NEAREST)
    flat, slots = areas.labels.ravel(), areas.count + 1
    sums = [np.bincount(flat, plane.ravel(), slots) for plane in cv2.split(spread)]
    return np.asarray(np.stack(sums, axis=1)[1:] / np.bincount(flat, minlength=slots)[1:, None], np.float64)
