"""From a photo to a drawing: the slow part, step by step."""

from dataclasses import dataclass, replace

import numpy as np

from generations.lineart.arrays import Bytes, Floats, Labels, halve, label_means
from generations.lineart.blobs import Scene, find_pupils, find_spots
from generations.lineart.colour import (
    detail_lightness,
    fit_to_area,
    lab_of,
    require_drawable,
    smooth,
    stretch_lab,
    tone_of,
)
from generations.lineart.details import find_details
from generations.lineart.drawing import STRENGTH_LEVELS, Drawing
from generations.lineart.edges import Edges, find_edges
from generations.lineart.faces import Face, find_faces, shading_weight
from generations.lineart.importance import importance_map
from generations.lineart.labels import absorb_slivers, effective_number, relabel, smooth_labels
from generations.lineart.merge import Regions, merge_regions, merge_tree
from generations.lineart.segment import basins, borders_of
from generations.lineart.settings import RECIPES, Complexity, Recipe, unit_scale
from generations.lineart.steps import OnStep, Steps
from generations.lineart.subject import Focus, Pointer, focus_on, look_closer

MERGE_EASES = (1.0, 1.5, 2.2)  # how much sooner merging stops, tried until the picture is divided
LEAST_EFFECTIVE = 3.0  # effective number of regions below which a page is one white field
LAST_ABSORB = 0.9  # share of the least radius in the pass after smoothing, which must not undo it


@dataclass(frozen=True)
class _Found:
    """What the photo's segmentation knows, for the steps after it."""

    lab: Floats
    edges: Edges
    importance: Floats


def draw(
    photo: Bytes, complexity: Complexity, on_step: OnStep | None = None, subject: Pointer | None = None
) -> Drawing:
    """Find regions, detail lines and dark spots on an RGB photo (H,W,3) of any size.

    `on_step` hears the name and the seconds of every step, `subject` points at what the photo was taken of. Raises
    LineArtError for a photo that no page can be made of. The same photo gives the same drawing, bit for bit,
    whatever the number of threads.
    """
    require_drawable(photo)
    recipe = RECIPES[complexity]
    steps = Steps(on_step)
    photo, subject = look_closer(photo, subject)
    picture = fit_to_area(photo, recipe.area_px)
    scale = unit_scale(*picture.shape[:2])
    steps.done("resize")
    faces = find_faces(picture)
    steps.done("faces")
    lab = lab_of(smooth(picture))
    tone = tone_of(lab)
    lab = stretch_lab(lab, tone)
    steps.done("smooth")
    edges = _without_skin_shading(find_edges(lab, recipe, scale), faces)
    steps.done("edges")
    focus = focus_on(picture, subject, faces)
    steps.done("subject")
    labels, importance = _segment(lab, edges, faces, focus, recipe, scale, steps)
    found = _Found(lab, edges, importance)
    lightness = detail_lightness(picture, tone, scale)
    details = find_details(lightness, edges.flow, labels, importance, faces, recipe, scale)
    steps.done("details")
    pupils = find_pupils(lightness, faces)
    spots = find_spots(Scene(lightness, lab, importance, scale), faces, pupils)
    steps.done("spots")
    drawing = Drawing(
        complexity=complexity,
        labels=labels,
        colours=_mean_colours(picture, labels),
        subject=focus.regions(labels),
        merges=merge_tree(focus.apart(_regions(labels, found), labels), recipe),
        strength=_stored_strength(edges.strength),
        details=details,
        spots=spots,
        pupils=pupils,
    )
    steps.done("merge tree")
    return drawing


def _without_skin_shading(edges: Edges, faces: tuple[Face, ...]) -> Edges:
    if not faces:
        return edges
    weight = shading_weight(edges.strength.shape, faces)
    return replace(edges, strength=edges.strength * weight, distinct=edges.distinct * weight)


def _segment(
    lab: Floats,
    edges: Edges,
    faces: tuple[Face, ...],
    focus: Focus,
    recipe: Recipe,
    scale: float,
    steps: Steps,
) -> tuple[Labels, Floats]:
    """The final regions of the picture, and its importance map."""
    labels = basins(edges, scale)
    steps.done("watershed")
    borders = borders_of(labels, edges.distinct)
    colours = label_means(lab, labels, int(labels.max()) + 1)
    importance = focus.weighed(importance_map(labels, colours, borders, edges.strength, faces))
    steps.done("importance")
    regions = focus.apart(_regions(labels, _Found(lab, edges, importance)), labels)
    for ease in MERGE_EASES:
        merged = _clean(relabel(merge_regions(regions, recipe.eased(ease))[labels]), recipe, scale)
        if effective_number(merged) >= LEAST_EFFECTIVE:
            break
    steps.done("merge")
    return merged, importance


def _clean(labels: Labels, recipe: Recipe, scale: float) -> Labels:
    """Regions wide and calm enough to colour."""
    least, radius = recipe.least_area * labels.size, recipe.least_radius * scale
    for _ in range(2):
        labels = absorb_slivers(labels, least, radius)
    labels = smooth_labels(labels, recipe.label_blur * scale)
    return absorb_slivers(labels, least, radius * LAST_ABSORB)


def _regions(labels: Labels, found: _Found) -> Regions:
    count = int(labels.max()) + 1
    return Regions(
        area=np.bincount(labels.ravel(), minlength=count).astype(np.float64),
        colour=label_means(found.lab, labels, count),
        importance=label_means(found.importance, labels, count),
        borders=borders_of(labels, found.edges.distinct),
    )


def _mean_colours(picture: Bytes, labels: Labels) -> Bytes:
    means = label_means(picture.astype(np.float32), labels, int(labels.max()) + 1)
    return np.clip(np.round(means), 0, 255).astype(np.uint8)


def _stored_strength(strength: Floats) -> Bytes:
    return np.clip(np.round(halve(strength) * STRENGTH_LEVELS), 0, 255).astype(np.uint8)
