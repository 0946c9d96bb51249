"""A small picture in a few dozen parts, found as the regions of a drawing are, but coarser."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Bytes, Labels
from generations.lineart.colour import fit_to_area, lab_of, smooth, stretch, stretch_lab, tone_of
from generations.lineart.edges import find_edges
from generations.lineart.merge import merge_tree, merged_into
from generations.lineart.regions import Regions, border_costs
from generations.lineart.segment import basins
from generations.lineart.settings import RECIPES, Complexity, unit_scale
from generations.lineart.surface import Surface, regions_of
from generations.lineart.texture import texture_of
from generations.lineart.trunk import merge_trunk

AREA_PX = 320 * 240
COUNT = 30
EQUAL_AREA = 0.02  # of the picture: borders are compared as if all parts had this size

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Parts:
    """N parts of a picture: their label map (H,W), who borders whom, and what each border would cost to merge."""

    labels: Labels
    regions: Regions
    cost: Numbers

    def __len__(self) -> int:
        return len(self.regions)

    def at(self, x: float, y: float) -> int:
        """The number of the part at this place, given as shares of width and height."""
        height, width = self.labels.shape
        return int(self.labels[min(int(y * height), height - 1), min(int(x * width), width - 1)])

    @property
    def beside(self) -> NDArray[np.float32]:
        """1 where two of the N parts border (N,N), and between each part and itself."""
        matrix, borders = np.eye(len(self), dtype=np.float32), self.regions.borders
        matrix[borders.first, borders.second] = matrix[borders.second, borders.first] = 1
        return matrix

    @property
    def rim(self) -> Numbers:
        """Which share (N,) of the picture's rim each part has."""
        labels = self.labels
        ends = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        return np.bincount(ends, minlength=len(self)) / len(ends)

    def in_cells(self, count: int) -> Numbers:
        """How much (N,count,count) of each part, in px, lies in each cell of a grid over the picture."""
        height, width = self.labels.shape
        rows, columns = (np.arange(size) * count // size for size in (height, width))
        cells = (self.labels * count + rows[:, None]) * count + columns[None]
        sums = np.bincount(cells.ravel(), minlength=len(self) * count**2)
        return sums.reshape(len(self), count, count).astype(np.float64)


def parts_of(picture: Bytes) -> Parts:
    """The parts of an RGB picture (H,W,3), without regard to what on it is important."""
    small = fit_to_area(picture, AREA_PX)
    lab = lab_of(smooth(small))
    tone = tone_of(lab)
    lab, scale = stretch_lab(lab, tone), unit_scale(2 * small.shape[0], 2 * small.shape[1])
    edges = find_edges(lab, scale)
    texture = texture_of(stretch(lab_of(small)[..., 0], tone))
    surface = Surface(lab, texture, np.ones(lab.shape[:2], np.float32))
    labels = basins(edges, scale)
    labels = merge_trunk(regions_of(labels, surface, edges)).astype(np.int32)[labels]
    labels = _merged(regions_of(labels, surface, edges))[labels]
    regions = regions_of(labels, surface, edges)
    return Parts(labels, regions, _costs(regions))


def _merged(regions: Regions) -> Labels:
    """For each region the number of the part it belongs to."""
    tree = merge_tree(regions, RECIPES[Complexity.STANDARD])
    roots = merged_into(tree, len(regions), max(0, len(regions) - COUNT))
    return np.unique(roots, return_inverse=True)[1].astype(np.int32)


def _costs(regions: Regions) -> Numbers:
    equal = replace(regions, area=np.full(len(regions), regions.area.sum() * EQUAL_AREA))
    borders = regions.borders
    return border_costs(equal, borders.first, borders.second, borders.strength / borders.length, 1.0)
