"""A page as values: paper, the sheet with its margins, and strokes in mm from the sheet's top left corner."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from generations.lineart.arrays import Bytes, Labels, Points

MM_PER_INCH = 25.4
LEAST_AREAS = 4  # of a usual page; a subject alone may be a single one


class Paper(StrEnum):
    """Paper sizes that families print on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def width_mm(self) -> float:
        """Width in portrait."""
        return _SIZES_MM[self][0]

    @property
    def height_mm(self) -> float:
        """Height in portrait."""
        return _SIZES_MM[self][1]

    @property
    def margin_mm(self) -> float:
        return _MARGINS_MM[self]


_SIZES_MM = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
_MARGINS_MM = {Paper.A4: 10.0, Paper.LETTER: 6.35}


@dataclass(frozen=True)
class Rectangle:
    """An upright rectangle on the sheet, in mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is printed: its size and what stays free of the picture, all in mm."""

    width_mm: float
    height_mm: float
    margin_mm: float
    header_mm: float = 0.0
    footer_mm: float = 0.0

    @classmethod
    def for_picture(
        cls, paper: Paper, aspect: float, header_mm: float = 0.0, footer_mm: float = 0.0
    ) -> "Sheet":
        """The sheet for a picture of this aspect (width over height): landscape when the picture is wide."""
        width, height = paper.width_mm, paper.height_mm
        if aspect > 1:
            width, height = height, width
        return cls(width, height, paper.margin_mm, header_mm, footer_mm)

    def place(self, aspect: float, inset_mm: float = 0.0) -> Rectangle:
        """Where a picture of this aspect goes: fitted into the free area, centred, nothing cropped.

        `inset_mm` is kept free on all four sides, for the outer half of the frame's stroke.
        """
        room_x = self.width_mm - 2 * (self.margin_mm + inset_mm)
        room_y = self.height_mm - 2 * (self.margin_mm + inset_mm) - self.header_mm - self.footer_mm
        width = min(room_x, room_y * aspect)
        height = width / aspect
        left = self.margin_mm + inset_mm + (room_x - width) / 2
        top = self.margin_mm + inset_mm + self.header_mm + (room_y - height) / 2
        return Rectangle(left, top, width, height)

    def size_px(self, dpi: float) -> tuple[int, int]:
        """Width and height of the sheet in px."""
        return round(self.width_mm / MM_PER_INCH * dpi), round(self.height_mm / MM_PER_INCH * dpi)


@dataclass(frozen=True, eq=False)
class Line:
    """Points (N,2) in mm, joined by a smooth curve; `smooth` False joins them by straight lines."""

    points: Points
    closed: bool
    smooth: bool = True


@dataclass(frozen=True, eq=False)
class Strokes:
    """Lines of one width on paper."""

    width_mm: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Fields:
    """The regions between the outlines and how they look on the photo.

    `labels` (H,W) int32 numbers them 0..N-1 over the whole of the page's picture, at any resolution; `colours` (N,3)
    uint8 are their mean RGB. Detail lines divide them further: what is closed on paper is measured on the ink.
    """

    labels: Labels
    colours: Bytes


@dataclass(frozen=True, eq=False)
class Page:
    """A colouring page, complete: pure black strokes and fills on a white sheet; the widest strokes come first.

    `fields` are None on a page whose colours nobody knows, as one made of a black and white raster. Without a frame
    (`framed` False) what lies at the picture's rim is open to the paper around. With fewer than `least_areas` closed
    areas it is no page to colour.
    """

    sheet: Sheet
    picture: Rectangle
    strokes: tuple[Strokes, ...]
    fills: tuple[Line, ...]
    fields: Fields | None = None
    framed: bool = True
    least_areas: int = LEAST_AREAS


def mirrored(page: Page) -> Page:
    """The page with left and right swapped."""
    axis = 2 * page.picture.x + page.picture.width
    strokes = tuple(
        Strokes(group.width_mm, tuple(_mirrored_line(line, axis) for line in group.lines))
        for group in page.strokes
    )
    fills = tuple(_mirrored_line(line, axis) for line in page.fills)
    fields = page.fields and Fields(np.ascontiguousarray(page.fields.labels[:, ::-1]), page.fields.colours)
    return replace(page, strokes=strokes, fills=fills, fields=fields)


def _mirrored_line(line: Line, axis: float) -> Line:
    return replace(line, points=np.array([axis, 0]) + line.points * np.array([-1, 1]))
