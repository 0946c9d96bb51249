"""Regions of a picture, what merging needs to know of them, and what it costs to merge two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generations.lineart.segment import Borders

EDGE_SHARE = 0.65  # of the cost of a border; the rest is the difference in colour
COLOUR_WEIGHTS = np.array([0.55, 1.18, 1.18])  # of L, a and b
MOST_DIFFERENCE = 45.0  # Lab units beyond which colours are just "different"
TEXTURE_WEIGHT = 2.0  # cost of a unit of texture
TEXTURE_GRAIN = 0.25  # edge strength that a unit of gradient inside both of two regions explains
MOST_UNLIKE = 1.5  # units beyond which a texture is just "another"
UNIT_SHARE = 0.01  # of the picture: a unit of area
TEXTURED_AREA = 0.3  # units of area; smaller regions hardly have a texture
SIZE_POWER, LEAST_SIZE, MOST_SIZE = 0.30, 0.25, 2.4  # large areas are kept apart even by a weak border

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Regions:
    """N regions: area (px), mean Lab colour (N,3), mean texture (N,3), importance 0..1, and who borders whom."""

    area: NDArray[np.float64]
    colour: NDArray[np.float64]
    texture: NDArray[np.float64]
    importance: NDArray[np.float64]
    borders: Borders

    def __len__(self) -> int:
        return len(self.area)

    def copy(self) -> "Regions":
        """The same regions in arrays of their own."""
        values = (self.area, self.colour, self.texture, self.importance)
        area, colour, texture, importance = (each.copy() for each in values)
        return Regions(area, colour, texture, importance, self.borders)

    def joined(self, number: Numbers) -> "Regions":
        """The regions after each became part of the one with this `number` (N,), counted from 0."""
        area = np.asarray(np.bincount(number, self.area), np.float64)
        columns = np.column_stack([self.colour, self.texture, self.importance]).T
        means = (
            np.stack([np.bincount(number, column * self.area) for column in columns], axis=1) / area[:, None]
        )
        return Regions(area, means[:, :3], means[:, 3:6], means[:, 6], self.borders.joined(number))


def border_costs(
    regions: Regions, first: Numbers | int, second: Numbers, edge: NDArray[np.float64], background: float
) -> NDArray[np.float64]:
    """What it costs to merge regions `first` and `second` (M,) whose borders have this mean edge strength (M,).

    Edge strength above that of the texture in both (fur and leaves have edges everywhere), contrast and change of texture;
    less for small regions and, down to `background`, for unimportant ones.
    """
    units = np.minimum(regions.area[first], regions.area[second]) / (regions.area.sum() * UNIT_SHARE)
    textured = np.minimum(1.0, units / TEXTURED_AREA)
    edge = np.maximum(0.0, edge - TEXTURE_GRAIN * textured * _grain(regions, first, second))
    difference = _distance((regions.colour[first] - regions.colour[second]) * COLOUR_WEIGHTS, MOST_DIFFERENCE)
    contrast = difference * 0.35 * np.minimum(1.0, 0.2 + 0.3 * edge)
    unlike = _distance(regions.texture[first] - regions.texture[second], MOST_UNLIKE)
    texture = TEXTURE_WEIGHT * unlike * textured
    size = np.minimum(MOST_SIZE, np.maximum(LEAST_SIZE, units**SIZE_POWER))
    important = np.maximum(regions.importance[first], regions.importance[second])
    weight = background + (1 - background) * important
    return np.asarray((EDGE_SHARE * edge + (1 - EDGE_SHARE) * contrast + texture) * size * weight)


def _grain(regions: Regions, first: Numbers | int, second: Numbers) -> NDArray[np.float64]:
    """The mean gradient inside the smoother of two regions (after Felzenszwalb and Huttenlocher, 2004)."""
    roughness = np.minimum(regions.texture[first][..., 0], regions.texture[second][..., 0])
    return np.asarray(np.exp2(roughness) - 1)


def _distance(difference: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    return np.minimum(np.sqrt((difference * difference).sum(axis=-1)), most)
