"""From a drawing to a page: line thickness and paper are chosen here, so a change of them costs no drawing."""

import math
from dataclasses import replace

import cv2
import numpy as np

from generations.lineart.arrays import Floats, Labels, Mask, Points
from generations.lineart.blobs import Pupil
from generations.lineart.boundaries import Arc, boundary_arcs
from generations.lineart.cutout import cut_out
from generations.lineart.drawing import STRENGTH_LEVELS, Drawing
from generations.lineart.labels import absorb_slivers
from generations.lineart.look import WHOLE, Look
from generations.lineart.page import LEAST_AREAS, Fields, Line, Page, Rectangle, Sheet, Strokes, mirrored
from generations.lineart.selection import Pen, choose_details
from generations.lineart.settings import (
    DETAIL_WIDTH_RATIO,
    RECIPES,
    SILHOUETTE_WIDTH_RATIO,
    LineThickness,
    Recipe,
)
from generations.lineart.simplify import mean_colours, shares_of, simplified, thinned
from generations.lineart.specks import speck_fills, without_stubs

NARROWEST = 1.3  # stroke widths: the inscribed radius that a field needs beside its outlines
LEAST_PUPIL_MM = 0.76  # half as wide again as an outline: a smaller one looks like dirt
PUPIL_STRETCH = 1.15  # height over width
LEAST_SPOT_MM2 = 2.2  # as large as the least pupil
CALM_UNIT = 3.5  # label blur (px) at which weak boundaries are calmed as in the reference setting


def compose_page(drawing: Drawing, thickness: LineThickness, sheet: Sheet, look: Look = WHOLE) -> Page:
    """The page of this drawing on this sheet; widths on paper are those of `thickness` whatever the sheet.

    Fields too narrow for the strokes join a neighbour, details keep a distance that suits the stroke width.
    """
    is_alone = not look.background and "background" in drawing.looks
    drawing = shown(drawing, look)
    recipe = thinned(RECIPES[drawing.complexity], look.simplify)
    picture = sheet.place(drawing.aspect, inset_mm=thickness.width_mm / 2)
    px_per_mm = drawing.width / picture.width
    pen = Pen(stroke=thickness.width_mm * px_per_mm, mm=px_per_mm, scale=drawing.scale)
    labels = _wide_enough(drawing.labels, recipe, pen)
    arcs = _outlines(labels, drawing, recipe)
    details = choose_details(drawing.details, arcs, drawing.labels.shape, recipe, pen)
    pupils = [_pupil_outline(pupil, px_per_mm) for pupil in drawing.pupils]
    eyes = [_large_enough(outline, px_per_mm) for outline in drawing.spots]

    def on_paper(points: Points, *, closed: bool) -> Line:
        return Line(points / px_per_mm + np.array([picture.x, picture.y]), closed)

    fields, is_subject = _regions_of(labels, drawing)
    bold, plain = (
        [on_paper(arc.points, closed=arc.closed) for arc in group] for group in _parted(arcs, is_subject)
    )
    inner = [on_paper(line, closed=False) for line in details]
    page = Page(
        sheet,
        picture,
        strokes_of(thickness.width_mm, bold, [*frame_of(picture, look), *plain], inner),
        fills=tuple(on_paper(line, closed=True) for line in (*eyes, *pupils)),
        fields=fields,
        least_areas=_least_areas(look, is_alone=is_alone),
    )
    return completed(without_stubs(page), look)


def _least_areas(look: Look, *, is_alone: bool) -> int:
    """How many closed areas make a page: without a frame those at the rim are open, and were wanted so."""
    if not look.frame:
        return 1
    return 2 if is_alone else LEAST_AREAS


def strokes_of(
    width_mm: float, silhouettes: list[Line], outlines: list[Line], details: list[Line]
) -> tuple[Strokes, ...]:
    """The strokes of a page whose outlines have this width: silhouettes, where there are any, outlines and details."""
    bold = Strokes(round(width_mm * SILHOUETTE_WIDTH_RATIO, 3), tuple(silhouettes))
    fine = Strokes(round(width_mm * DETAIL_WIDTH_RATIO, 3), tuple(details))
    return (*([bold] if silhouettes else []), Strokes(width_mm, tuple(outlines)), fine)


def shown(drawing: Drawing, look: Look) -> Drawing:
    """The part of the drawing that a page with this look shows, as simple as it is wanted."""
    if not look.background:
        drawing = cut_out(drawing, framed=look.frame)
    return simplified(drawing, look.simplify)


def _regions_of(labels: Labels, drawing: Drawing) -> tuple[Fields, Mask]:
    """The regions of the page, each in the mean colour of the drawing's regions that it holds; which are the subject."""
    if labels is drawing.labels:
        return Fields(labels, drawing.colours), drawing.subject
    shares = shares_of(drawing, labels)
    return Fields(labels, mean_colours(drawing, shares)), np.asarray(shares @ drawing.subject > 0.5, np.bool_)


def _wide_enough(labels: Labels, recipe: Recipe, pen: Pen) -> Labels:
    """The regions after those too narrow for the stroke have joined a neighbour."""
    radius = NARROWEST * pen.stroke
    if radius <= recipe.least_radius * pen.scale:
        return labels
    return absorb_slivers(labels, recipe.least_area * labels.size, radius)


def _outlines(labels: Labels, drawing: Drawing, recipe: Recipe) -> list[Arc]:
    strength: Floats = drawing.strength.astype(np.float32) / np.float32(STRENGTH_LEVELS)
    return boundary_arcs(labels, strength, recipe.rounding, recipe.label_blur / CALM_UNIT, drawing.scale)


def _parted(arcs: list[Arc], is_subject: Mask) -> tuple[list[Arc], list[Arc]]:
    """The arcs between subject and background, and all others."""
    ends = [is_subject[list(arc.between)] for arc in arcs]
    bold = [arc for arc, (one, other) in zip(arcs, ends, strict=True) if one != other]
    plain = [arc for arc, (one, other) in zip(arcs, ends, strict=True) if one == other]
    return bold, plain


def frame_of(picture: Rectangle, look: Look) -> tuple[Line, ...]:
    """The rectangle that closes the fields at the picture's rim, where a frame is wanted."""
    if not look.frame:
        return ()
    right, bottom = picture.x + picture.width, picture.y + picture.height
    corners = [[picture.x, picture.y], [right, picture.y], [right, bottom], [picture.x, bottom]]
    return (Line(np.array(corners), closed=True, smooth=False),)


def completed(page: Page, look: Look) -> Page:
    """A page with all its lines, with white specks filled and turned as it is wanted."""
    page = replace(page, fills=(*page.fills, *speck_fills(page)), framed=look.frame)
    return mirrored(page) if look.mirror else page


def _pupil_outline(pupil: Pupil, px_per_mm: float) -> Points:
    radius = max(pupil.radius, LEAST_PUPIL_MM * px_per_mm)
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    return np.stack(
        [pupil.x + radius * np.cos(angles), pupil.y + PUPIL_STRETCH * radius * np.sin(angles)], axis=1
    )


def _large_enough(outline: Points, px_per_mm: float) -> Points:
    """The outline (N,2) of a solid spot, grown around its middle until it is no speck."""
    area = cv2.contourArea(outline.astype(np.float32)) / px_per_mm**2
    middle = outline.mean(axis=0)
    return middle + max(1.0, math.sqrt(LEAST_SPOT_MM2 / max(area, 1e-6))) * (outline - middle)
