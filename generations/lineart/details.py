"""Detail lines inside regions: found on the photo, scored; which of them are drawn is decided page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces import Box, Face
from generations.lineart.arrays import (
    Bytes,
    Floats,
    Labels,
    Mask,
    components,
    distance_inside,
    polyline_length,
    sample,
    wide_blur,
)
from generations.lineart.faces import inside_of, looked_for, on_dark_skin
from generations.lineart.flow import Flow, dark_lines
from generations.lineart.heads import Head, features_of
from generations.lineart.labels import border_mask
from generations.lineart.scene import Scene
from generations.lineart.settings import Recipe
from generations.lineart.skeleton import skeleton_of, skeleton_paths

STRENGTH_STEP = 0.1  # lightness units a step of the stored strengths
FRAME_PX = 3  # no line this close to the picture's rim
FEATURE_LINE = 0.0065  # of the face's width: how wide the lines of a mouth are, however close the camera
KEEP_SCORE = 0.33  # share of the recipe's score below which a line is never drawn
BORDER_GAP, FEATURE_GAP = 3.0, 2.0  # px at unit scale: what is closer to a boundary repeats it
ON_SKIN = 0.55  # times the response on a face
FEATURE_GAIN = 1.8  # times the response on them
FEATURE_LENGTH, FEATURE_BONUS = 0.3, 6.0  # eyes and mouths may be short, and count more


@dataclass(frozen=True, eq=False)
class Traces:
    """Candidate lines, one after the other.

    `points` (N,2) pixel x, y; `strength` (N,) response in STRENGTH_STEPs; line k is points[starts[k]:starts[k+1]];
    `feature[k]`: it is part of an eye, a nose or a mouth.
    """

    points: NDArray[np.int16]
    strength: Bytes
    starts: Labels
    feature: Mask

    @classmethod
    def of(
        cls, paths: Sequence[NDArray[np.int16]], strengths: Sequence[Bytes], features: Sequence[bool]
    ) -> "Traces":
        """These paths (N,2), each with the strength of its points (N,), and whether it is part of a feature."""
        return cls(
            np.concatenate([np.zeros((0, 2), np.int16), *paths]),
            np.concatenate([np.zeros(0, np.uint8), *strengths]),
            np.cumsum([0, *map(len, paths)]).astype(np.int32),
            np.array(features, np.bool_),
        )

    def __len__(self) -> int:
        return len(self.feature)

    def with_more(self, more: "Traces") -> "Traces":
        """These lines and then those."""
        return Traces(
            np.concatenate([self.points, more.points]),
            np.concatenate([self.strength, more.strength]),
            np.concatenate([self.starts, more.starts[1:] + self.starts[-1]]),
            np.concatenate([self.feature, more.feature]),
        )


@dataclass(frozen=True, eq=False)
class Figures:
    """People's faces and animals' heads, whose features are looked for finely; nothing is looked for where `drawn` (H,W)."""

    faces: tuple[Face, ...] = ()
    heads: tuple[Head, ...] = ()
    drawn: Mask | None = None


def find_details(scene: Scene, flow: Flow, labels: Labels, recipe: Recipe, figures: Figures) -> Traces:
    """Candidate detail lines of a picture whose regions are `labels`; its lightness is that of `detail_lightness`."""
    response, features = _response(scene, flow, recipe, figures)
    skeleton = skeleton_of(_hysteresis(response, recipe.detail_weak, recipe.detail_strong))
    if figures.drawn is not None:
        skeleton &= ~figures.drawn
    inside = distance_inside(~border_mask(labels))
    skeleton &= inside > np.where(features, FEATURE_GAP, BORDER_GAP) * scene.scale
    for side in (np.s_[:FRAME_PX], np.s_[-FRAME_PX:], np.s_[:, :FRAME_PX], np.s_[:, -FRAME_PX:]):
        skeleton[side] = False
    return _collect(skeleton_paths(skeleton), response, features, recipe, scene.scale)


def _response(scene: Scene, flow: Flow, recipe: Recipe, figures: Figures) -> tuple[Floats, Mask]:
    """Line response with texture, skin and unimportant places damped, finer on features; and where these are."""
    raw = dark_lines(scene.lightness, flow, recipe.detail_sigma * scene.scale, 5 * scene.scale)
    texture = wide_blur(np.maximum(raw, 0), 14 * scene.scale)
    response = (raw - 0.55 * texture) * (recipe.background + (1 - recipe.background) * scene.importance)
    features = looked_for(scene.lightness, figures.faces) | features_of(figures.heads, scene.lightness.shape)
    for face in figures.faces:
        gain = on_dark_skin(scene.lightness, face)
        response[inside_of(scene.lightness.shape, face)] *= ON_SKIN * gain
        _refine(
            response, scene, flow, features, _Finer.of(face.box, FEATURE_GAIN * gain, recipe, scene.scale)
        )
    for head in figures.heads:
        _refine(response, scene, flow, features, _Finer.of(head.box, FEATURE_GAIN, recipe, scene.scale))
    return response, features


@dataclass(frozen=True)
class _Finer:
    """How lines are looked for in a box: how wide and how long they are, in px, and how much more they count."""

    box: Box
    width: float
    length: float
    gain: float

    @classmethod
    def of(cls, box: Box, gain: float, recipe: Recipe, scale: float) -> "_Finer":
        width = max(max(1.0, 0.8 * recipe.detail_sigma) * scale, FEATURE_LINE * box.width)
        return cls(box, width, max(3 * scale, 2 * FEATURE_LINE * box.width), gain)

    @property
    def window(self) -> tuple[slice, slice]:
        box = self.box
        return (
            slice(max(int(box.y - 0.1 * box.height), 0), int(box.y + 1.2 * box.height) + 1),
            slice(max(int(box.x - 0.1 * box.width), 0), int(box.x + 1.1 * box.width) + 1),
        )


def _refine(response: Floats, scene: Scene, flow: Flow, features: Mask, finer: _Finer) -> None:
    """Raise the response on the features in this box to a finer one, in place."""
    window = finer.window
    here = features[window]
    if not here.any():
        return
    local = Flow(np.ascontiguousarray(flow.x[window]), np.ascontiguousarray(flow.y[window]))
    fine = dark_lines(np.ascontiguousarray(scene.lightness[window]), local, finer.width, finer.length)
    response[window][here] = np.maximum(response[window], finer.gain * fine)[here]


def _hysteresis(response: Floats, weak: float, strong: float) -> Mask:
    """Weak pixels connected to a strong one (Canny, 1986), with pin-holes closed."""
    count, labels = components(response > weak, connectivity=8)
    keep = np.zeros(count, np.bool_)
    keep[labels[response > strong]] = True
    keep[0] = False
    closed = cv2.morphologyEx(keep[labels].view(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    return np.asarray(closed > 0, np.bool_)


def _collect(paths: list[Labels], response: Floats, features: Mask, recipe: Recipe, scale: float) -> Traces:
    kept, strengths, feature = [], [], []
    for path in paths:
        in_feature = bool(sample(features, path).mean() > 0.5)
        strength = np.clip(np.round(sample(response, path) / STRENGTH_STEP), 0, 255).astype(np.uint8)
        if is_worth(path, strength, recipe, scale, feature=in_feature):
            kept.append(path.astype(np.int16))
            strengths.append(strength)
            feature.append(in_feature)
    return Traces.of(kept, strengths, feature)


def is_worth(
    path: NDArray[np.generic], strength: Bytes, recipe: Recipe, scale: float, *, feature: bool
) -> bool:
    """Whether a line is long and strong enough to be drawn at all."""
    least = recipe.detail_length * (FEATURE_LENGTH if feature else 1.0) * scale
    long_enough = len(path) > 1 and polyline_length(path) >= least
    return (
        long_enough and score_of(path, strength, scale, feature=feature) >= recipe.detail_score * KEEP_SCORE
    )


def score_of(path: NDArray[np.generic], strength: Bytes, scale: float, *, feature: bool) -> float:
    """Length (px at unit scale) times mean response, with a bonus for eyes, noses and mouths."""
    mean = float(strength.mean()) * STRENGTH_STEP
    return polyline_length(path) / scale * mean * (FEATURE_BONUS if feature else 1.0)
