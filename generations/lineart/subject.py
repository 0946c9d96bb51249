"""The subject of a photo where a family has pointed at it, found by graph cut on a small picture."""

import math
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from generations.lineart.arrays import Bytes, Floats, Labels, Mask, ellipse, enlarge, label_means
from generations.lineart.faces import Face
from generations.lineart.regions import Regions

SIDE_PX = 288  # long side of the picture on which the subject is cut out
PRIOR_PX = 144  # and of the one on which it is roughly told before
ROUNDS = 4  # of fitting the colour models; more change nothing that is seen
TAP = 0.025  # of the long side: radius of what a fingertip points at
UNLIKE = 0.5  # of the distance that parts the box in two: rather too much than legs and wheels lost
SAME_COLOUR = 14.0  # Lab units: what in it is the thing and not the background beside it
STEP, FAR_STEP = 0.1, 0.45  # Lab units a pixel: what distance alone costs from the rim, from the tap
LEAST_SHARE, MOST_SHARE = 0.0015, 0.92  # of the picture: anything else is no subject
MORE_THAN_TAPPED = 1.5  # times what was tapped: less is the fingertip alone
LARGE_PART = 0.15  # of the largest part: smaller ones in a box are no part of the subject
HOLE_SHARE = 0.04  # of the subject: what is smaller inside it belongs to it
SURROUNDINGS, ROOM = 0.6, 0.12  # of a box's longer side: what is looked at around it, what is drawn around it
LEAST_PX, NARROWEST = 96, 5.0  # of a window: least side, and how many times longer than wide
BESIDE = 0.5  # importance of the background beside a subject, times its own
_Ellipses = tuple[
    tuple[tuple[float, float], tuple[float, float]], ...
]  # centres and half axes, in face boxes
HEAD: _Ellipses = (((0.5, 0.4), (0.5, 0.66)), ((0.5, 1.1), (0.3, 0.4)))  # with hair and neck
BODY: _Ellipses = (((0.5, 2.4), (1.5, 1.5)),)
WALL = 1e4  # edge strength between subject and background: stronger than any
SEED = 20250101  # of OpenCV's generator, so that the same photo gives the same subject
_Pixel = TypeVar("_Pixel", bound=np.generic)


@dataclass(frozen=True)
class Pointer:
    """Where the subject is, as shares 0..1 of the upright photo: a tap, or a box when it has a width and a height."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    alone: bool = False  # without its background: then the photo is looked at from nearer

    @property
    def is_box(self) -> bool:
        return self.width > 0 and self.height > 0

    def within(self, window: "_Window") -> "Pointer":
        """The same place as shares of this window of the photo."""
        left, top, right, bottom = window
        wide, high = right - left, bottom - top
        return replace(
            self,
            x=(self.x - left) / wide,
            y=(self.y - top) / high,
            width=self.width / wide,
            height=self.height / high,
        )


_Window = tuple[float, float, float, float]  # left, top, right, bottom as shares of the photo


def look_closer(photo: Bytes, pointer: Pointer | None) -> tuple[Bytes, Pointer | None]:
    """The part of the photo (H,W,3) around a subject that is wanted `alone`, which then becomes a box of it."""
    if pointer is None or not pointer.alone:
        return photo, pointer
    box = pointer if pointer.is_box else _box_around(find_subject(photo, pointer))
    if box is None:
        return photo, pointer
    window = _window_around(box, ROOM, photo.shape)
    return _part(photo, window), box.within(window)


def find_subject(picture: Bytes, pointer: Pointer, faces: tuple[Face, ...] = ()) -> Mask:
    """True on the subject of an RGB picture (H,W,3), as a mask (H,W); all False when a tap leads to none.

    The heads of `faces` that are pointed at belong to it, their bodies probably: hair and a dark collar hardly differ
    from a background.

    GrabCut (Rother, Kolmogorov and Blake, 2004), begun with what is nearer in colour to the tap than to the rim, or
    far in colour from what surrounds the box (geodesic distances as in Bai and Sapiro, 2007).
    """
    window = _window_around(pointer, SURROUNDINGS, picture.shape) if pointer.is_box else (0.0, 0.0, 1.0, 1.0)
    part, place = _part(picture, window), pointer.within(window)
    small = _calm(_small(part, SIDE_PX))
    hints = _box_hints(small, place) if place.is_box else _tap_hints(small, place)
    people = [face for face in faces if _is_meant(face, pointer, picture.shape)]
    for level, ellipses in ((cv2.GC_PR_FGD, BODY), (cv2.GC_FGD, HEAD)):
        seen = _part(_ellipses(picture.shape, people, ellipses), window)
        hints[_resized(seen, hints.shape) & (hints != cv2.GC_BGD)] = level
    mask = _tidy(_cut(small, hints), hints == cv2.GC_FGD)
    if place.is_box and not mask.any():  # nothing stands out in it: then all of it is meant
        mask = hints != cv2.GC_BGD
    whole = np.zeros(picture.shape[:2], np.float32)
    height, width = part.shape[:2]
    _part(whole, window)[:] = enlarge(mask.astype(np.float32), height, width)
    return np.asarray(whole > 0.5, np.bool_)


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


def focus_on(picture: Bytes, pointer: Pointer | None, faces: tuple[Face, ...] = ()) -> Focus:
    """The subject of an RGB picture (H,W,3) at this place; none without one."""
    if pointer is None:
        return Focus(np.zeros(picture.shape[:2], np.bool_))
    return Focus(find_subject(picture, pointer, faces), pointer.alone)


def _is_meant(face: Face, pointer: Pointer, shape: tuple[int, ...]) -> bool:
    """Whether a face is in the box, or under the finger."""
    height, width = shape[:2]
    if not pointer.is_box:
        return face.box.holds(pointer.x * width, pointer.y * height)
    x, y = face.box.centre
    right, down = x / width - pointer.x, y / height - pointer.y
    return 0 < right < pointer.width and 0 < down < pointer.height


def _ellipses(shape: tuple[int, ...], faces: list[Face], ellipses: _Ellipses) -> Mask:
    """True in these ellipses of each face."""
    inside = np.zeros(shape[:2], np.float32)
    for face in faces:
        for (right, down), (half_x, half_y) in ellipses:
            axes = half_x * face.box.width, half_y * face.box.height
            inside = np.maximum(inside, ellipse(shape, face.box.at(right, down), axes))
    return inside > 0


def _resized(mask: Mask, shape: tuple[int, ...]) -> Mask:
    size = (shape[1], shape[0])
    return np.asarray(cv2.resize(mask.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0, np.bool_)


def _box_around(mask: Mask) -> Pointer | None:
    """The box of what is True, always `alone`; None when nothing is."""
    if not mask.any():
        return None
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top = float(columns[0] / width), float(rows[0] / height)
    return Pointer(
        left, top, float((columns[-1] + 1) / width) - left, float((rows[-1] + 1) / height) - top, alone=True
    )


def _window_around(box: Pointer, room: float, shape: tuple[int, ...]) -> _Window:
    """The box with `room` of its longer side all around, inside the photo, and never tiny or a strip."""
    height, width = shape[:2]
    longer = max(box.width * width, box.height * height)
    least = max(longer * (1 + 2 * room) / NARROWEST, LEAST_PX) / 2
    half_x = max(box.width * width / 2 + longer * room, least) / width
    half_y = max(box.height * height / 2 + longer * room, least) / height
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return max(0.0, x - half_x), max(0.0, y - half_y), min(1.0, x + half_x), min(1.0, y + half_y)


def _part(image: NDArray[_Pixel], window: _Window) -> NDArray[_Pixel]:
    """The window of an image: a view of it."""
    height, width = image.shape[:2]
    left, top, right, bottom = window
    return image[int(top * height) : math.ceil(bottom * height), int(left * width) : math.ceil(right * width)]


def _small(picture: Bytes, side: int) -> Bytes:
    factor = min(1.0, side / max(picture.shape[:2]))
    size = (max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _calm(picture: Bytes) -> Bytes:
    """Texture and noise taken off, edges kept."""
    for _ in range(2):
        picture = np.asarray(cv2.bilateralFilter(picture, 7, 40, 5), np.uint8)
    return picture


def _tap_hints(small: Bytes, tap: Pointer) -> Bytes:
    """GrabCut's hints: sure where tapped, probably where the tap is nearer in colour than the picture's rim."""
    seed = _tapped(small, tap)
    rim = _rim(small.shape) & ~_grown(seed, 5)
    near = _distance(small, seed, FAR_STEP) < _distance(small, rim, STEP)
    hints = np.where(near, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    hints[rim] = cv2.GC_BGD
    hints[seed] = cv2.GC_FGD
    return hints


def _tapped(small: Bytes, tap: Pointer) -> Mask:
    """What is under the fingertip and has the colour of its middle."""
    height, width = small.shape[:2]
    x, y = min(int(tap.x * width), width - 1), min(int(tap.y * height), height - 1)
    disc = np.zeros((height, width), np.uint8)
    cv2.circle(disc, (x, y), max(2, round(TAP * max(height, width))), 1, -1)
    lab = _lab(small)
    colour = np.median(lab[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].reshape(-1, 3), axis=0)
    return np.asarray((disc > 0) & (np.linalg.norm(lab - colour, axis=2) < SAME_COLOUR), np.bool_)


def _box_hints(small: Bytes, box: Pointer) -> Bytes:
    """GrabCut's hints: surely not outside the box; inside probably what is far in colour from the outside."""
    height, width = small.shape[:2]
    left, top = int(box.x * width), int(box.y * height)
    right, bottom = round((box.x + box.width) * width), round((box.y + box.height) * height)
    inside = np.zeros((height, width), np.bool_)
    inside[top : max(bottom, top + 2), left : max(right, left + 2)] = True
    outside = ~inside if not inside.all() else _rim(small.shape)
    far = _distance(small, outside, STEP)
    limit = UNLIKE * _between(far[inside])
    hints = np.where(far > limit, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))
    hints[outside] = cv2.GC_BGD
    return hints


def _between(values: Floats) -> float:
    """The value that parts these best in two (Otsu, 1979)."""
    most = float(values.max()) + 1e-6
    scaled = np.clip(values / most * 255, 0, 255).astype(np.uint8).reshape(-1, 1)
    level, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return level / 255 * most


def _rim(shape: tuple[int, ...]) -> Mask:
    """The picture's rim but for its lower part: people and things usually stand on it."""
    height, width = shape[:2]
    rim = np.zeros((height, width), np.bool_)
    upper = int(height * 0.7)
    rim[0], rim[:upper, 0], rim[:upper, -1] = True, True, True
    return rim


def _distance(small: Bytes, start: Mask, step: float) -> Floats:
    """Geodesic distance in colour (Lab units) of each pixel from `start`, found on a smaller picture."""
    height, width = small.shape[:2]
    lab = _lab(_small(small, PRIOR_PX))
    rows, columns = lab.shape[:2]
    size = (columns, rows)
    begin = cv2.resize(start.view(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    begin |= cv2.resize(start.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    found = dijkstra(_grid(lab, step), directed=False, indices=np.flatnonzero(begin), min_only=True)
    coarse = np.asarray(found, np.float32).reshape(rows, columns)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _grid(lab: Floats, step: float) -> coo_matrix:
    """The graph of neighbouring pixels, each step costing its change of colour and `step`."""
    numbers = np.arange(lab.shape[0] * lab.shape[1]).reshape(lab.shape[:2])
    across, down = (np.linalg.norm(np.diff(lab, axis=axis), axis=2) + step for axis in (1, 0))
    first = np.concatenate([numbers[:, :-1].ravel(), numbers[:-1].ravel()])
    second = np.concatenate([numbers[:, 1:].ravel(), numbers[1:].ravel()])
    cost = np.concatenate([across.ravel(), down.ravel()])
    return coo_matrix((cost, (first, second)), shape=(numbers.size,) * 2).tocsr()


def _lab(picture: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.float32)


def _cut(small: Bytes, hints: Bytes) -> Mask:
    """GrabCut from these hints; nothing when they name no subject or no background."""
    wanted = np.isin(hints, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if wanted.sum() < 10 or (~wanted).sum() < 10:
        return np.zeros(hints.shape, np.bool_)
    cv2.setRNGSeed(SEED)
    mask, background, subject = hints.copy(), np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, mask, (0, 0, 1, 1), background, subject, ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD))


def _tidy(mask: Mask, seed: Mask) -> Mask:
    """The parts that were pointed at (without a seed the large ones), without small holes."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    area = stats[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(area > LARGE_PART * area.max(initial=0))
    keep = np.unique(labels[seed & mask]) if seed.any() else large
    mask = _without_holes(np.isin(labels, keep))
    least = max(LEAST_SHARE * mask.size, MORE_THAN_TAPPED * seed.sum())
    return mask if least < mask.sum() < MOST_SHARE * mask.size else np.zeros_like(mask)


def _without_holes(mask: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).view(np.uint8), connectivity=4)
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < HOLE_SHARE * mask.sum())
    return mask | np.isin(labels, small[small > 0])


def _grown(mask: Mask, radius: int) -> Mask:
    return np.asarray(cv2.dilate(mask.view(np.uint8), np.ones((2 * radius + 1,) * 2)) > 0, np.bool_)
