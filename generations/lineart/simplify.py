"""A simpler page of the same drawing: its regions go on merging, and fewer details are worth a line."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Bytes, Labels
from generations.lineart.drawing import Drawing
from generations.lineart.labels import relabel
from generations.lineart.merge import MergeTree, merged_into
from generations.lineart.settings import Recipe

# By level: 0 is as drawn, the last is the simplest.
REGIONS = (1.0, 0.6, 0.36, 0.2)  # share of the regions that stay
LINE = (1.0, 0.75, 0.5, 0.3)  # share of the line a page may have
WORTH = (1.0, 1.5, 2.5, 4.0)  # how much more a detail must be worth
LEAST_REGIONS = 6  # fewer are no page to colour: some are paper, and thick lines join some
MOST_SPOTS = 3  # solid spots on a simpler page: two eyes and a nose


def simplified(drawing: Drawing, level: int) -> Drawing:
    """The drawing merged further along its merge tree; level 0 is the drawing itself.

    Never below LEAST_REGIONS, and never the subject with its background.
    """
    count = len(drawing.colours)
    steps = min(count - max(LEAST_REGIONS, round(count * REGIONS[level])), _steps_apart(drawing))
    if level == 0 or steps <= 0:
        return drawing
    roots = merged_into(drawing.merges, count, steps)
    labels = relabel(roots[drawing.labels])
    return replace(
        drawing,
        labels=labels,
        colours=mean_colours(drawing, shares_of(drawing, labels)),
        subject=drawing.subject[np.unique(roots)],
        merges=_later(drawing.merges, steps, np.unique(roots)),
        spots=drawing.spots[:MOST_SPOTS],
    )


def thinned(recipe: Recipe, level: int) -> Recipe:
    """The recipe with fewer details, as suits this level."""
    return replace(
        recipe,
        detail_score=recipe.detail_score * WORTH[level],
        enough_line=recipe.enough_line * LINE[level],
        most_line=recipe.most_line * LINE[level],
    )


def mean_colours(drawing: Drawing, shares: NDArray[np.float64]) -> Bytes:
    """The mean colours (N,3) on the photo of what holds these `shares` (N,M) of the drawing's regions."""
    return np.round(shares @ drawing.colours.astype(np.float64)).astype(np.uint8)


def shares_of(drawing: Drawing, labels: Labels) -> NDArray[np.float64]:
    """Which share (N,M) of each of these `labels` lies in each of the drawing's M regions."""
    count = len(drawing.colours)
    pairs = labels.ravel() * np.int64(count) + drawing.labels.ravel()
    areas = np.bincount(pairs, minlength=(int(labels.max()) + 1) * count).reshape(-1, count)
    return np.asarray(areas / areas.sum(axis=1, keepdims=True), np.float64)


def _steps_apart(drawing: Drawing) -> int:
    """How many steps of the tree join nothing of the subject with the background."""
    crosses = drawing.subject[drawing.merges.kept] != drawing.subject[drawing.merges.gone]
    return int(crosses.argmax()) if crosses.any() else len(crosses)


def _later(merges: MergeTree, steps: int, left: NDArray[np.int32]) -> MergeTree:
    """The steps that remain, between the regions that are `left`, numbered anew."""
    kept, gone = (np.searchsorted(left, part[steps:]).astype(np.int32) for part in (merges.kept, merges.gone))
    return MergeTree(kept, gone, merges.cost[steps:])
