"""The drawing: all that was found on a photo, before a line thickness and a paper are chosen."""

from dataclasses import dataclass

from generations.lineart.arrays import Bytes, Labels, Mask, Points
from generations.lineart.blobs import Pupil
from generations.lineart.details import Traces
from generations.lineart.merge import MergeTree
from generations.lineart.settings import Complexity, unit_scale

STRENGTH_LEVELS = 8.0  # stored steps per unit of edge strength


@dataclass(frozen=True, eq=False)
class Drawing:
    """A photo as regions and candidate lines; every page of it, in any thickness, is composed from this alone.

    All lengths are working px. `labels` (H,W) numbers the regions 0..N-1, `colours` (N,3) are their mean RGB in the
    photo, `subject` (N,) says which belong to what the photo was taken of (none when that is not known), `merges` how
    they would go on merging, `strength` is the edge strength at half size in 1/8 units.
    """

    complexity: Complexity
    labels: Labels
    colours: Bytes
    subject: Mask
    merges: MergeTree
    strength: Bytes
    details: Traces
    spots: tuple[Points, ...]
    pupils: tuple[Pupil, ...]

    @property
    def height(self) -> int:
        return int(self.labels.shape[0])

    @property
    def width(self) -> int:
        return int(self.labels.shape[1])

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def scale(self) -> float:
        """Working px per px of a unit-scale picture."""
        return unit_scale(self.height, self.width)

    @property
    def looks(self) -> frozenset[str]:
        """What of a `Look` makes another page: the background, where some regions are known to be the subject."""
        has_background = self.subject.any() and not self.subject.all()
        return frozenset({"simplify", "frame", "mirror"} | ({"background"} if has_background else set()))
