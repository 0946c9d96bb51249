"""What a picture looks like to those who divide it into regions."""

from dataclasses import dataclass

import numpy as np

from generations.lineart.arrays import Floats, Labels, label_means
from generations.lineart.edges import Edges
from generations.lineart.regions import Regions
from generations.lineart.segment import borders_of


@dataclass(frozen=True, eq=False)
class Surface:
    """What regions are made from, at half size: Lab colours, texture (both H,W,3) and importance 0..1."""

    lab: Floats
    texture: Floats
    importance: Floats


def regions_of(labels: Labels, surface: Surface, edges: Edges) -> Regions:
    """What is known of the regions of a label map at half size."""
    count = int(labels.max()) + 1
    return Regions(
        area=np.bincount(labels.ravel(), minlength=count).astype(np.float64),
        colour=label_means(surface.lab, labels, count),
        texture=label_means(surface.texture, labels, count),
        importance=label_means(surface.importance, labels, count),
        borders=borders_of(labels, edges.distinct),
    )
