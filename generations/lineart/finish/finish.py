"""Finishing a raster: strokes of the asked width where it has lines, on the asked sheet."""

from dataclasses import dataclass

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, Mask, Points
from generations.lineart.colour import require_drawable
from generations.lineart.compose import frame_of
from generations.lineart.finish.frame import Crop, find_frame
from generations.lineart.finish.gaps import close_gaps
from generations.lineart.finish.paper import clean, darkness, ink_of
from generations.lineart.finish.solids import Solids, find_solids
from generations.lineart.finish.trace import Trace, outline_width, trace, without_spurs
from generations.lineart.page import Line, Page, Rectangle, Sheet, Strokes
from generations.lineart.settings import DETAIL_WIDTH_RATIO, LineThickness
from generations.lineart.skeleton import skeleton_of
from generations.lineart.specks import speck_fills

PX_PER_MM = 8.0  # of the picture on paper while it is worked on: lines are vectors afterwards
RIM_MM = 0.35  # a line this near to the frame all along is the frame itself


@dataclass(frozen=True)
class _Canvas:
    """The working picture: its size in px, and how far ink for the frame is added around it."""

    height: int
    width: int
    rim: int


def finish(raster: Bytes, thickness: LineThickness, sheet: Sheet) -> Page:
    """The page of line art that comes as an RGB raster (H,W,3) of any size, fitted into the sheet, with a frame.

    Paper becomes white, grey and specks go, small gaps are closed, lines become strokes of `thickness` (thin ones
    details), small solid parts stay, large ones become outlines. What the raster is worth is told by `judge_raster`
    before and by `judge` after. Raises LineArtError for what is no picture, tiny, or a strip.
    """
    require_drawable(raster)
    dark = darkness(raster)
    crop = find_frame(dark)
    if crop:
        dark = np.ascontiguousarray(dark[crop.top : crop.bottom, crop.left : crop.right])
    picture = sheet.place(dark.shape[1] / dark.shape[0], inset_mm=thickness.width_mm / 2)
    canvas = _canvas_for(picture, dark, crop)
    lines, solids = _lines_of(dark, canvas)
    page = _page(lines, solids, canvas, picture, thickness, sheet)
    return Page(sheet, picture, page.strokes, (*page.fills, *speck_fills(page)))


def _canvas_for(picture: Rectangle, dark: Floats, crop: Crop | None) -> _Canvas:
    width, height = round(picture.width * PX_PER_MM), round(picture.height * PX_PER_MM)
    half_line = crop.half_line * width / dark.shape[1] if crop else 0
    return _Canvas(height, width, max(2, round(half_line)))


def _lines_of(dark: Floats, canvas: _Canvas) -> tuple[list[Trace], Solids]:
    """The lines and solid parts in px of the canvas with its rim."""
    ink = clean(_with_rim(ink_of(dark, canvas.height, canvas.width), canvas.rim), PX_PER_MM)
    depth = _depth_of(ink)
    skeleton = skeleton_of(ink)
    line_px = outline_width(skeleton, depth, canvas.rim + round(RIM_MM * PX_PER_MM) + 1)
    solids = find_solids(ink, skeleton, depth, line_px, PX_PER_MM)
    skeleton = close_gaps(without_spurs(skeleton, line_px), PX_PER_MM)
    return trace(_outside(skeleton, solids.mask), depth, line_px), solids


def _depth_of(ink: Mask) -> Floats:
    """Distance of each pixel of ink to white; there is white outside, so that an all black raster has a depth too."""
    padded = np.pad(ink, 1).view(np.uint8)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)


def _with_rim(ink: Mask, rim: int) -> Mask:
    """Ink all around, so that lines which end at the picture's edge meet a frame there."""
    return np.pad(ink, rim, constant_values=True)


def _outside(skeleton: Mask, solid: Mask) -> Mask:
    """The skeleton up to just inside the solid parts, whose fills and outlines it meets."""
    core = cv2.erode(solid.view(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(skeleton & (core == 0), np.bool_)


def _page(
    lines: list[Trace],
    solids: Solids,
    canvas: _Canvas,
    picture: Rectangle,
    thickness: LineThickness,
    sheet: Sheet,
) -> Page:
    inner = [line for line in lines if not _is_frame(line.points, canvas)]
    width_mm = thickness.width_mm

    def on_paper(points: Points, *, closed: bool) -> Line:
        inside = np.clip(points - canvas.rim, 0, (canvas.width, canvas.height))
        scale = np.array([picture.width / canvas.width, picture.height / canvas.height])
        return Line(inside * scale + np.array([picture.x, picture.y]), closed)

    outlines = [on_paper(line.points, closed=line.closed) for line in inner if not line.fine]
    hollow = [on_paper(points, closed=True) for points in solids.large]
    details = [on_paper(line.points, closed=line.closed) for line in inner if line.fine]
    strokes = (
        Strokes(width_mm, (frame_of(picture), *outlines, *hollow)),
        Strokes(round(width_mm * DETAIL_WIDTH_RATIO, 3), tuple(details)),
    )
    return Page(sheet, picture, strokes, tuple(on_paper(points, closed=True) for points in solids.small))


def _is_frame(points: Points, canvas: _Canvas) -> bool:
    """Whether a line runs along the picture's edge all the way."""
    reach = RIM_MM * PX_PER_MM
    inside = points - canvas.rim
    far = np.array([canvas.width, canvas.height]) - inside
    return bool((np.minimum(inside, far).min(axis=1) <= reach).all())
