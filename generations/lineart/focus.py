"""The subject of a picture as a mask, and what the engine makes of it."""

from dataclasses import dataclass, replace

import numpy as np

from generations.lineart.arrays import Floats, Labels, Mask, enlarge, label_means
from generations.lineart.regions import Regions

BESIDE = 0.5  # importance of the background beside a subject, times its own
WALL = 1e4  # edge strength between subject and background: stronger than any


@dataclass(frozen=True, eq=False)
class Focus:
    """What is known of the subject of a picture: a mask (H,W); `alone`: its background is not wanted."""

    mask: Mask
    alone: bool = False

    def regions(self, labels: Labels) -> Mask:
        """Which regions (N,) of a label map of any size lie on the subject with most of their area."""
        inside = enlarge(self.mask.astype(np.float32), *labels.shape)
        return np.asarray(label_means(inside, labels, int(labels.max()) + 1) > 0.5, np.bool_)

    def weighed(self, importance: Floats) -> Floats:
        """The importance map (H,W) with the subject on top, the background below it or, where not wanted, at 0."""
        if not self.mask.any():
            return importance
        inside = enlarge(self.mask.astype(np.float32), *importance.shape)
        return np.asarray(np.maximum(inside, importance * (0.0 if self.alone else BESIDE)), np.float32)

    def apart(self, regions: Regions, labels: Labels) -> Regions:
        """The regions of a label map, with borders between subject and background that are the last to go."""
        borders, is_subject = regions.borders, self.regions(labels)
        crosses = is_subject[borders.first] != is_subject[borders.second]
        strength = borders.strength + crosses * borders.length * WALL
        return replace(regions, borders=replace(borders, strength=strength))
