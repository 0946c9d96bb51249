"""The subject without its background: a drawing of its own, cut out of the whole one."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Bytes, Mask, sample
from generations.lineart.blobs import Pupil
from generations.lineart.details import Traces
from generations.lineart.drawing import Drawing
from generations.lineart.merge import MergeTree

ROOM = 0.05  # of the subject's longer side: what stays white around it
RIM_PX = 2  # of white around what the photo cut off, on a page whose frame does not close it
BACKGROUND = 0  # the region that all of the background becomes
WHITE = 255


@dataclass(frozen=True)
class _Window:
    """The part of a drawing that is shown, in its px; even, so that it is whole at half size too."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def corner(self) -> NDArray[np.int64]:
        return np.array([self.left, self.top])


def cut_out(drawing: Drawing, *, framed: bool) -> Drawing:
    """The drawing's subject with white around it, as large as it can be; the whole drawing when no subject is known.

    Where the photo cuts the subject off, a frame closes it; without one (`framed` False) an outline does.
    """
    inside = drawing.subject[drawing.labels]
    if not inside.any() or inside.all():
        return drawing
    window = _window_of(inside, rim=0 if framed else RIM_PX)
    number = np.where(drawing.subject, np.cumsum(drawing.subject), BACKGROUND)
    labels = _cropped(number[drawing.labels], window, BACKGROUND)
    return replace(
        drawing,
        labels=labels.astype(np.int32),
        colours=np.concatenate([np.full((1, 3), WHITE, np.uint8), drawing.colours[drawing.subject]]),
        subject=np.arange(drawing.subject.sum() + 1) != BACKGROUND,
        merges=_inner_merges(drawing.merges, number),
        strength=_half(drawing.strength, window),
        details=_inside(drawing.details, inside, window),
        spots=tuple(spot - window.corner for spot in drawing.spots if sample(inside, spot).mean() > 0.5),
        pupils=tuple(_moved(p, window) for p in drawing.pupils if inside[_pixel(p, inside.shape)]),
    )


def _window_of(inside: Mask, rim: int) -> _Window:
    """The subject with some room, up to `rim` px beyond the picture."""
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    room = max(2.0, ROOM * max(np.ptp(rows), np.ptp(columns)))
    height, width = inside.shape
    low = [max(-rim, _even(side[0] - room)) for side in (columns, rows)]
    high = [
        min(size + size % 2 + rim, _even(side[-1] + 1 + room))
        for side, size in ((columns, width), (rows, height))
    ]
    return _Window(low[0], low[1], high[0], high[1])


def _even(value: float) -> int:
    return 2 * round(value / 2)


def _cropped(image: NDArray[np.generic], window: _Window, beyond: int) -> NDArray[np.generic]:
    """The window of an image; `beyond` where it lies outside."""
    height, width = image.shape
    ahead = (max(0, -window.top), max(0, -window.left))
    after = (max(0, window.bottom - height), max(0, window.right - width))
    padded = np.pad(
        image, ((ahead[0], after[0]), (ahead[1], after[1])), constant_values=image.dtype.type(beyond)
    )
    top, left = window.top + ahead[0], window.left + ahead[1]
    return np.ascontiguousarray(padded[top : window.bottom + ahead[0], left : window.right + ahead[1]])


def _half(strength: Bytes, window: _Window) -> Bytes:
    half = _Window(window.left // 2, window.top // 2, window.right // 2, window.bottom // 2)
    return np.asarray(_cropped(strength, half, 0), np.uint8)


def _inner_merges(merges: MergeTree, number: NDArray[np.int64]) -> MergeTree:
    """The steps that join two regions of the subject, in its own numbers."""
    kept, gone = number[merges.kept], number[merges.gone]
    both = (kept != BACKGROUND) & (gone != BACKGROUND)
    return MergeTree(kept[both].astype(np.int32), gone[both].astype(np.int32), merges.cost[both])


def _inside(traces: Traces, inside: Mask, window: _Window) -> Traces:
    """The parts of the lines that lie on the subject."""
    keep = sample(inside, traces.points) > 0
    line = np.repeat(np.arange(len(traces)), np.diff(traces.starts))
    begins = keep & np.concatenate([[True], (np.diff(line) != 0) | ~keep[:-1]])[: len(keep)]
    starts = np.concatenate([np.flatnonzero(begins[keep]), [int(keep.sum())]])
    points = (traces.points[keep] - window.corner).astype(np.int16)
    return Traces(points, traces.strength[keep], starts.astype(np.int32), traces.feature[line[begins]])


def _moved(pupil: Pupil, window: _Window) -> Pupil:
    return replace(pupil, x=pupil.x - window.left, y=pupil.y - window.top)


def _pixel(pupil: Pupil, shape: tuple[int, ...]) -> tuple[int, int]:
    return min(int(pupil.y), shape[0] - 1), min(int(pupil.x), shape[1] - 1)
