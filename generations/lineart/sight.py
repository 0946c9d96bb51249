"""What is seen on a photo before it is decided how much of it is drawn: the same for every complexity."""

from dataclasses import dataclass, replace

import numpy as np

from generations.faces import Face, find_faces
from generations.lineart.arrays import Bytes, Floats, Labels, enlarge, label_means
from generations.lineart.blobs import drawn_eyes
from generations.lineart.colour import (
    Tone,
    detail_lightness,
    halve_picture,
    lab_of,
    smooth,
    stretch,
    stretch_lab,
    tone_of,
)
from generations.lineart.edges import Edges, find_edges
from generations.lineart.eyes import Eye, find_eyes
from generations.lineart.faces import shading_weight
from generations.lineart.flow import Flow, enlarge_flow
from generations.lineart.focus import Focus
from generations.lineart.heads import Head, find_heads
from generations.lineart.importance import importance_map
from generations.lineart.pointer import Pointer
from generations.lineart.portrait import Portrait, portrait_of
from generations.lineart.regions import Regions
from generations.lineart.scene import Scene
from generations.lineart.segment import basins, borders_of
from generations.lineart.settings import unit_scale
from generations.lineart.skin import with_whole_skin
from generations.lineart.steps import Steps
from generations.lineart.subject import focus_on
from generations.lineart.surface import Surface, regions_of
from generations.lineart.texture import texture_of
from generations.lineart.trunk import merge_trunk

HALF = 0.5


@dataclass(frozen=True, eq=False)
class Sight:
    """`picture` (H,W,3), `whole` and `flow` are at the working size, `edges`, `surface` and `patches` at half of it.

    `patches` are the regions that no complexity divides; regions of every complexity are made of them.
    """

    picture: Bytes
    faces: tuple[Face, ...]
    heads: tuple[Head, ...]
    focus: Focus
    edges: Edges
    surface: Surface
    patches: Labels
    whole: Scene
    flow: Flow
    eyes: tuple[Eye, ...]
    portrait: Portrait

    def regions(self, labels: Labels) -> Regions:
        """What merging needs to know of the regions of a label map at half size."""
        return self.focus.apart(regions_of(labels, self.surface, self.edges), labels)


def see(picture: Bytes, subject: Pointer | Focus | None, steps: Steps) -> Sight:
    """Look at an RGB picture of the working size, and at the subject pointed at or seen before."""
    scale = unit_scale(*picture.shape[:2])
    faces = find_faces(picture)
    near = tuple(face.scaled(HALF) for face in faces)
    steps.done("faces")
    small = halve_picture(picture)
    lab = lab_of(smooth(small))
    tone = tone_of(lab)
    lab = stretch_lab(lab, tone)
    steps.done("smooth")
    edges = _without_skin_shading(find_edges(lab, scale), near)
    steps.done("edges")
    focus = focus_on(picture, subject, faces)
    steps.done("subject")
    labels = with_whole_skin(basins(edges, scale), lab, near)
    steps.done("watershed")
    texture = texture_of(stretch(lab_of(small)[..., 0], tone))
    surface = Surface(lab, texture, _importance(labels, lab, edges, near, focus))
    steps.done("importance")
    trunk = merge_trunk(focus.apart(regions_of(labels, surface, edges), labels))
    patches = trunk.astype(np.int32)[labels]
    steps.done("patches")
    whole = _whole(picture, tone, surface, edges, scale)
    portrait = portrait_of(faces, whole.lightness, scale)
    found = find_eyes(whole, faces)
    heads = find_heads(picture, whole, faces, found)
    eyes = drawn_eyes(found, faces, heads)
    flow = enlarge_flow(edges.flow, *whole.lightness.shape)
    steps.done("spots")
    return Sight(picture, faces, heads, focus, edges, surface, patches, whole, flow, eyes, portrait)


def _whole(picture: Bytes, tone: Tone, surface: Surface, edges: Edges, scale: float) -> Scene:
    """What details and eyes are looked for on, at the size of the picture."""
    height, width = picture.shape[:2]
    lightness, importance = detail_lightness(picture, tone, scale), enlarge(surface.importance, height, width)
    return Scene(lightness, enlarge(surface.lab, height, width), importance, edges.strength, scale)


def _without_skin_shading(edges: Edges, faces: tuple[Face, ...]) -> Edges:
    if not faces:
        return edges
    weight = shading_weight(edges.strength.shape, faces)
    return replace(edges, strength=edges.strength * weight, distinct=edges.distinct * weight)


def _importance(labels: Labels, lab: Floats, edges: Edges, faces: tuple[Face, ...], focus: Focus) -> Floats:
    colours = label_means(lab, labels, int(labels.max()) + 1)
    borders = borders_of(labels, edges.distinct)
    return focus.weighed(importance_map(labels, colours, borders, edges.strength, faces))
