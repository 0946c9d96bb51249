"""From a photo to its drawings: the slow part, step by step."""

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, Labels, label_means
from generations.lineart.colour import fit_to_area, halve_picture, require_drawable
from generations.lineart.details import Figures, find_details
from generations.lineart.drawing import STRENGTH_LEVELS
from generations.lineart.eye_lines import rims_of
from generations.lineart.guess import guess_subject
from generations.lineart.jaws import jaw_lines
from generations.lineart.labels import absorb_slivers, effective_number, joined, relabel, smooth_labels
from generations.lineart.merge import merge_regions, merge_tree
from generations.lineart.photo_drawing import PhotoDrawing
from generations.lineart.pointer import Pointer
from generations.lineart.segment import borders_of
from generations.lineart.settings import RECIPES, UNIT_AREA, Complexity, Recipe
from generations.lineart.sight import HALF, Sight, see
from generations.lineart.slivers import lost_lines
from generations.lineart.steps import OnStep, Steps
from generations.lineart.subject import look_closer

MERGE_EASES = (1.0, 1.5, 2.2)  # how much sooner merging stops, tried until the picture is divided
LEAST_EFFECTIVE = 3.0  # effective number of regions below which a page is one white field
ENOUGH = 0.85  # of the best effective number that can be had: more regions are not worth the rest
FAINTEST = 2.0  # mean edge strength of a border that is seen on the photo: of those below hardly a tenth lies on an edge
LAST_ABSORB = 0.9  # share of the least radius in the pass after smoothing, which must not undo it


def draw(
    photo: Bytes, complexity: Complexity, on_step: OnStep | None = None, subject: Pointer | None = None
) -> PhotoDrawing:
    """Find regions, detail lines and dark spots on an RGB photo (H,W,3) of any size.

    `on_step` hears the name and the seconds of every step, `subject` points at what the photo was taken of. Raises
    LineArtError for a photo that no page can be made of. The same photo gives the same drawing, bit for bit,
    whatever the number of threads.
    """
    return draw_all(photo, (complexity,), on_step, subject)[complexity]


def draw_all(
    photo: Bytes,
    complexities: Iterable[Complexity] = tuple(Complexity),
    on_step: OnStep | None = None,
    subject: Pointer | None = None,
) -> dict[Complexity, PhotoDrawing]:
    """What `draw` gives for each of these complexities; the photo is looked at only once for all of them."""
    require_drawable(photo)
    steps = Steps(on_step)
    part, known = look_closer(photo, subject)
    picture = fit_to_area(part, UNIT_AREA)
    steps.done("resize")
    sight = see(picture, known, steps)
    return {complexity: _drawn(sight, complexity, steps) for complexity in complexities}


def _drawn(sight: Sight, complexity: Complexity, steps: Steps) -> PhotoDrawing:
    recipe = RECIPES[complexity]
    merged, labels = _divided(sight, recipe)
    steps.done("merge")
    if not sight.focus.mask.any():
        sight = replace(sight, focus=guess_subject(sight.picture, sight.surface.importance, labels))
    steps.done("guess")
    whole = sight.whole
    figures = Figures(sight.faces, sight.heads, sight.portrait.taken)
    details = sight.portrait.lines.with_more(find_details(whole, sight.flow, labels, recipe, figures))
    details = details.with_more(jaw_lines(sight.faces, labels, whole.scale))
    details = details.with_more(lost_lines(merged, labels, whole.lab, recipe, whole.scale))
    details = details.with_more(rims_of(sight.eyes))
    steps.done("details")
    small = _halved(labels)
    drawing = PhotoDrawing(
        complexity=complexity,
        labels=labels,
        colours=_mean_colours(halve_picture(sight.picture), small),
        subject=sight.focus.regions(labels),
        merges=merge_tree(sight.regions(small), recipe),
        strength=_stored_strength(sight.edges.strength),
        details=details,
        spots=tuple(eye.pupil for eye in sight.eyes),
        pupils=sight.portrait.pupils,
    )
    steps.done("merge tree")
    return drawing


def _divided(sight: Sight, recipe: Recipe) -> tuple[Labels, Labels]:
    """The regions of the picture as merged, at half size, and the final ones (H,W).

    They are merged until the picture is calm, but not until it is one white field; where that is blank paper, merging
    sooner would only break up what stands on it.
    """
    regions = sight.regions(sight.patches)
    divisions: list[tuple[Labels, Labels]] = []
    numbers: list[float] = []
    for eased in _easier(recipe):
        merged = relabel(merge_regions(regions, eased)[sight.patches])
        divisions.append((merged, _cleaned(merged, sight, recipe)))
        numbers.append(effective_number(divisions[-1][1]))
        if numbers[-1] >= LEAST_EFFECTIVE:
            break
    worth = ENOUGH * max(numbers)
    return next(found for found, number in zip(divisions, numbers, strict=True) if number >= worth)


def _easier(recipe: Recipe) -> list[Recipe]:
    """The recipe, and those that stop merging sooner; nowhere borders that even a detailed page would not draw."""
    faintest = min(recipe.merge_limit, RECIPES[Complexity.DETAILED].merge_limit)
    recipes = [recipe.eased(ease) for ease in MERGE_EASES]
    return [eased for eased in recipes if eased.merge_limit >= faintest]


def _cleaned(labels: Labels, sight: Sight, recipe: Recipe) -> Labels:
    """Regions at full size, wide and calm enough to colour, from regions at half size."""
    radius = recipe.least_radius * sight.whole.scale
    for _ in range(2):
        labels = absorb_slivers(labels, recipe.least_area * labels.size, radius * HALF)
    height, width = sight.whole.lightness.shape
    whole = cv2.resize(labels, (width, height), interpolation=cv2.INTER_NEAREST)
    whole = smooth_labels(np.asarray(whole, np.int32), recipe.label_blur * sight.whole.scale)
    return _seen(absorb_slivers(whole, recipe.least_area * whole.size, radius * LAST_ABSORB), sight)


def _seen(labels: Labels, sight: Sight) -> Labels:
    """The regions without borders where no edge is: another texture keeps regions apart, and cleaning moves borders."""
    small = _halved(labels)
    borders, is_subject = borders_of(small, sight.edges.strength), sight.focus.regions(small)
    pairs = np.stack([borders.first, borders.second], axis=1)
    faint = borders.strength < FAINTEST * borders.length
    return joined(labels, pairs[faint & (is_subject[borders.first] == is_subject[borders.second])])


def _halved(labels: Labels) -> Labels:
    return np.ascontiguousarray(labels[::2, ::2])  # every region is large enough to be there


def _mean_colours(picture: Bytes, labels: Labels) -> Bytes:
    means = label_means(picture.astype(np.float32), labels, int(labels.max()) + 1)
    return np.clip(np.round(means), 0, 255).astype(np.uint8)


def _stored_strength(strength: Floats) -> Bytes:
    return np.clip(np.round(strength * STRENGTH_LEVELS), 0, 255).astype(np.uint8)
