"""How much each measure of a dark disc speaks for an eye: two logistic regressions, fitted outside the project.

The first was fitted to the discs of 110 pictures of animals, on which 143 eyes were marked by hand, and of 270 of other
things, the second to the eight best places of each of these pictures. `docs/line-art.md` says which pictures these are, and
what is found on those that are left out.
"""

from dataclasses import dataclass

import numpy as np

from generations.lineart.arrays import Floats

# Of left-out pictures without animals 1 in 25 has something above it, most of it round holes.
LEAST_SCORE = -0.5
FURTHEST = 6.0  # spreads from the mean: what is further counts no more


@dataclass(frozen=True)
class Weight:
    """Of one measure: its mean and its spread on the discs it was fitted to, and the weight of a spread above the mean."""

    mean: float
    spread: float
    weight: float


@dataclass(frozen=True)
class Weighing:
    """The weights of all measures, by name, and the score of a disc that is average in all."""

    weights: dict[str, Weight]
    average: float

    def scores(self, measures: dict[str, Floats]) -> Floats:
        """The score of each disc (N,): the logarithm of the odds that it is an eye."""
        scores = np.float32(self.average)
        for name, one in self.weights.items():
            apart = (measures[name] - np.float32(one.mean)) / np.float32(one.spread)
            scores = scores + np.float32(one.weight) * np.clip(apart, -FURTHEST, FURTHEST)
        return np.asarray(scores, np.float32)


MEASURES = Weighing(
    {
        "circle": Weight(0.9442, 0.2055, 0.610),
        "size": Weight(1.919, 0.7152, 0.821),
        "small": Weight(5.583, 1.946, 0.644),
        "height": Weight(0.5607, 0.255, -1.587),
        "core": Weight(20.2, 19.24, -1.404),
        "above_black": Weight(10.04, 22.5, 1.215),
        "highlight": Weight(17.54, 15.31, 0.543),
        "uneven_rim": Weight(0.5256, 0.1751, -0.526),
        "uneven_around": Weight(18.99, 8.654, -0.505),
        "grain": Weight(12.8, 5.895, -0.593),
        "busy": Weight(5.786, 2.701, 0.876),
        "important": Weight(0.7582, 0.2495, 0.557),
        "important_around": Weight(0.7179, 0.2547, 0.775),
        "like_it": Weight(3.181, 5.394, -0.703),
        "green_around": Weight(-3.895, 5.535, 0.356),
        "yellow": Weight(8.816, 15.59, -0.383),
    },
    -8.189,
)
CONTEXT = Weighing(
    {
        "score": Weight(-4.371, 1.753, 0.667),
        "above_second": Weight(-0.625, 1.347, 0.114),
        "above_fourth": Weight(0.2269, 1.204, 0.480),
        "as_good": Weight(7.18, 1.839, -0.293),
    },
    -4.533,
)
