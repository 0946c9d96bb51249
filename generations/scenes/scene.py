"""A scene: figures one behind the other, laid out on any sheet with lines of any width."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Mask, Points
from generations.lineart.compose import completed, frame_of
from generations.lineart.layable import Layable
from generations.lineart.look import WHOLE, Look
from generations.lineart.page import Line, Page, Rectangle, Sheet, Strokes
from generations.lineart.settings import DETAIL_WIDTH_RATIO, LineThickness
from generations.scenes.outlines import Shape, Stroke, dense, pieces

PX_PER_UNIT = 6.0  # of the raster that tells what hides what
LEAST_INSIDE_MM2 = 7.0  # a smaller patch is black, as in the font


@dataclass(frozen=True)
class Figure:
    """A shape in its place, in units of about a millimetre from the top left corner; `role` is "subject" or "around"."""

    shape: Shape
    role: str = "around"


@dataclass(frozen=True, eq=False)
class Scene(Layable):
    """Figures back to front in a picture of `width` x `height` units; it knows neither thickness nor paper."""

    width: float
    height: float
    figures: tuple[Figure, ...]

    @property
    def aspect(self) -> float:
        return self.width / self.height

    @property
    def looks(self) -> frozenset[str]:
        return frozenset({"frame", "mirror", "background"})

    def compose(self, thickness: LineThickness, sheet: Sheet, look: Look = WHOLE) -> Page:
        """The page on this sheet. What a nearer figure hides is cut at its outline, so that areas stay closed."""
        picture = sheet.place(self.aspect, inset_mm=thickness.width_mm / 2)
        scale = picture.width / self.width
        visible = [_on_paper(shape, picture, scale) for shape in self._visible(look)]
        return completed(_page(visible, thickness, sheet, picture, look), look)

    def _visible(self, look: Look) -> list[Shape]:
        """What is seen of each figure, front to back."""
        figures = [one for one in self.figures if look.background or one.role == "subject"]
        hidden = np.zeros((round(self.height * PX_PER_UNIT), round(self.width * PX_PER_UNIT)), np.uint8)
        shown = []
        for figure in reversed(figures):
            shown.append(_seen(figure.shape, hidden.view(np.bool_)))
            for cover in figure.shape.covers:
                cv2.fillPoly(hidden, [np.round(cover * PX_PER_UNIT * 16).astype(np.int32)], 1, shift=4)
        return shown


def _seen(shape: Shape, hidden: Mask) -> Shape:
    strokes = tuple(part for stroke in shape.strokes for part in _seen_parts(stroke, hidden))
    dots = tuple(dot for dot in shape.dots if not _is_hidden(dot, hidden).any())
    patches = tuple(patch for patch in shape.patches if not _is_hidden(patch, hidden).any())
    return Shape(strokes, dots, patches)


def _is_hidden(points: Points, hidden: Mask) -> Mask:
    """Which points lie behind something or outside the picture."""
    height, width = hidden.shape
    x, y = np.floor(points * PX_PER_UNIT).astype(np.intp).T
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    behind = hidden[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)]
    return np.asarray(~inside | behind, np.bool_)


def _seen_parts(stroke: Stroke, hidden: Mask) -> Iterator[Stroke]:
    """The stroke itself when nothing hides it, else what is left of it."""
    points = dense(stroke)
    shown = ~_is_hidden(points, hidden)
    if shown.all():
        yield stroke
    else:
        yield from pieces(stroke, points, shown)


def _on_paper(shape: Shape, picture: Rectangle, scale: float) -> Shape:
    return shape.scaled(scale).moved(picture.x, picture.y)


def _page(
    shapes: Iterable[Shape], thickness: LineThickness, sheet: Sheet, picture: Rectangle, look: Look
) -> Page:
    width_mm = thickness.width_mm
    outer: list[Line] = []
    inner: list[Line] = []
    fills: list[Line] = []
    for shape in shapes:
        for stroke in shape.strokes:
            (inner if stroke.inner else outer).append(Line(stroke.points, stroke.closed, stroke.smooth))
        small = [patch for patch in shape.patches if _inside(patch, width_mm) < LEAST_INSIDE_MM2]
        fills += [Line(outline, closed=True) for outline in (*shape.dots, *small)]
    strokes = (
        Strokes(width_mm, (*frame_of(picture, look), *outer)),
        Strokes(round(width_mm * DETAIL_WIDTH_RATIO, 3), tuple(inner)),
    )
    return Page(sheet, picture, strokes, tuple(fills))


def _inside(patch: Points, width_mm: float) -> float:
    """Area in mm2 that would be white inside the outline of a patch."""
    outline = patch.astype(np.float32)
    return float(cv2.contourArea(outline) - cv2.arcLength(outline, True) * width_mm / 2)
