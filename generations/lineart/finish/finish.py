"""Finishing a raster: its lines are found once, and give a page in any thickness on any sheet."""

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, Mask
from generations.lineart.colour import require_drawable
from generations.lineart.finish.canvas import PX_PER_MM, RIM_MM, Canvas
from generations.lineart.finish.frame import find_frame
from generations.lineart.finish.gaps import close_gaps
from generations.lineart.finish.lines import Lines
from generations.lineart.finish.paper import clean, darkness, ink_of
from generations.lineart.finish.solids import Solids, find_solids
from generations.lineart.finish.trace import Trace, outline_width, trace, without_spurs
from generations.lineart.page import Line, Page, Sheet
from generations.lineart.settings import LineThickness
from generations.lineart.skeleton import skeleton_of

MOST_PX = 3600  # longer side: our own print files have 3508


def finish(raster: Bytes, thickness: LineThickness, sheet: Sheet) -> Page:
    """The page of line art that comes as an RGB raster (H,W,3) of any size, fitted into the sheet, with a frame.

    What the raster is worth is told by `judge_raster` before and by `judge` after. Raises as `find_lines`.
    """
    return find_lines(raster).compose(thickness, sheet)


def find_lines(raster: Bytes) -> Lines:
    """The lines of an RGB raster (H,W,3) of line art, in mm of its picture on A4.

    Paper becomes white, grey and specks go, small gaps are closed, thin lines are details, small solid parts stay,
    large ones become outlines. Raises LineArtError for what is no picture, tiny, or a strip.
    """
    require_drawable(raster)
    dark = darkness(_fitted(raster))
    crop = find_frame(dark)
    if crop:
        dark = np.ascontiguousarray(dark[crop.top : crop.bottom, crop.left : crop.right])
    return _in_mm(*_lines_on(canvas := Canvas.for_picture(dark, crop), dark), canvas)


def _fitted(raster: Bytes) -> Bytes:
    """The raster, no larger than is of use: what a camera or a scanner sends costs no more than a provider's."""
    factor = MOST_PX / max(raster.shape)
    if factor >= 1:
        return raster
    return np.asarray(cv2.resize(raster, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def _lines_on(canvas: Canvas, dark: Floats) -> tuple[list[Trace], Solids]:
    """The lines and solid parts in px of the canvas with its rim."""
    ink = clean(canvas.with_rim(ink_of(dark, canvas.height, canvas.width)), PX_PER_MM)
    depth = _depth_of(ink)
    skeleton = skeleton_of(ink)
    line_px = outline_width(skeleton, depth, canvas.rim + round(RIM_MM * PX_PER_MM) + 1)
    solids = find_solids(ink, skeleton, depth, line_px, PX_PER_MM)
    skeleton = close_gaps(without_spurs(skeleton, line_px), PX_PER_MM)
    lines = trace(_outside(skeleton, solids.mask), depth, line_px)
    return canvas.without_frame(lines, line_px), solids


def _depth_of(ink: Mask) -> Floats:
    """Distance of each pixel of ink to white; there is white outside, so that an all black raster has a depth too."""
    padded = np.pad(ink, 1).view(np.uint8)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)


def _outside(skeleton: Mask, solid: Mask) -> Mask:
    """The skeleton up to just inside the solid parts, whose fills and outlines it meets."""
    core = cv2.erode(solid.view(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(skeleton & (core == 0), np.bool_)


def _in_mm(lines: list[Trace], solids: Solids, canvas: Canvas) -> Lines:
    outlines = [Line(canvas.in_mm(line.points), line.closed) for line in lines if not line.fine]
    details = [Line(canvas.in_mm(line.points), line.closed) for line in lines if line.fine]
    hollow = [Line(canvas.in_mm(points), closed=True) for points in solids.large]
    fills = [Line(canvas.in_mm(points), closed=True) for points in solids.small]
    size = canvas.width / PX_PER_MM, canvas.height / PX_PER_MM
    return Lines(*size, (*outlines, *hollow), tuple(details), tuple(fills))
