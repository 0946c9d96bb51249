"""Detail lines inside regions: found on the photo, scored; which of them are drawn is decided page by page."""

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
from generations.lineart.faces import feature_map, on_dark_skin
from generations.lineart.flow import Flow, dark_lines
from generations.lineart.heads import Head, features_of
from generations.lineart.labels import border_mask
from generations.lineart.settings import Recipe
from generations.lineart.skeleton import skeleton_of, skeleton_paths

STRENGTH_STEP = 0.1  # lightness units a step of the stored strengths
FRAME_PX = 3  # no line this close to the picture's rim
FEATURE_LINE = 0.0065  # of the face's width: how wide the lines of a mouth are, however close the camera
KEEP_SCORE = 0.33  # share of the recipe's score below which a line is never drawn
BORDER_GAP, FEATURE_GAP = 3.0, 2.0  # px at unit scale: what is closer to a boundary repeats it
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


def find_details(
    lightness: Floats,
    flow: Flow,
    labels: Labels,
    importance: Floats,
    faces: tuple[Face, ...],
    recipe: Recipe,
    scale: float,
    heads: tuple[Head, ...] = (),
) -> Traces:
    """Candidate detail lines of a picture whose regions are `labels`. `lightness` is that of `detail_lightness`."""
    response, features = _response(lightness, flow, importance, faces, heads, recipe, scale)
    skeleton = skeleton_of(_hysteresis(response, recipe.detail_weak, recipe.detail_strong))
    inside = distance_inside(~border_mask(labels))
    skeleton &= inside > np.where(features, FEATURE_GAP, BORDER_GAP) * scale
    for side in (np.s_[:FRAME_PX], np.s_[-FRAME_PX:], np.s_[:, :FRAME_PX], np.s_[:, -FRAME_PX:]):
        skeleton[side] = False
    return _collect(skeleton_paths(skeleton), response, features, recipe, scale)


def _response(
    lightness: Floats,
    flow: Flow,
    importance: Floats,
    faces: tuple[Face, ...],
    heads: tuple[Head, ...],
    recipe: Recipe,
    scale: float,
) -> tuple[Floats, Mask]:
    """Line response with texture and unimportant places damped, finer inside faces and heads; and where features are."""
    raw = dark_lines(lightness, flow, recipe.detail_sigma * scale, 5 * scale)
    texture = wide_blur(np.maximum(raw, 0), 14 * scale)
    response = (raw - 0.55 * texture) * (recipe.background + (1 - recipe.background) * importance)
    place = feature_map(lightness.shape, faces, scale)
    features, skin = place > 0.6, (place > 0.2) & (place <= 0.6)
    features |= features_of(heads, lightness.shape)
    for face in faces:
        gain = FEATURE_GAIN * on_dark_skin(lightness, face)
        _refine(response, lightness, flow, features, face.box, gain, recipe, scale)
    for head in heads:
        _refine(response, lightness, flow, features, head.box, FEATURE_GAIN, recipe, scale)
    response[skin] *= 0.55
    return response, features


def _refine(
    response: Floats,
    lightness: Floats,
    flow: Flow,
    features: Mask,
    box: Box,
    gain: float,
    recipe: Recipe,
    scale: float,
) -> None:
    """Raise the response on the features in this box to a finer one, more sensitive by this gain, in place."""
    window = (
        slice(max(int(box.y - 0.1 * box.height), 0), int(box.y + 1.2 * box.height) + 1),
        slice(max(int(box.x - 0.1 * box.width), 0), int(box.x + 1.1 * box.width) + 1),
    )
    local = Flow(np.ascontiguousarray(flow.x[window]), np.ascontiguousarray(flow.y[window]))
    sigma = max(max(1.0, 0.8 * recipe.detail_sigma) * scale, FEATURE_LINE * box.width)
    along = max(3 * scale, 2 * FEATURE_LINE * box.width)
    fine = dark_lines(np.ascontiguousarray(lightness[window]), local, sigma, along)
    here = features[window]
    response[window][here] = np.maximum(response[window], gain * fine)[here]


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
    starts = np.cumsum([0, *map(len, kept)]).astype(np.int32)
    points = np.concatenate([np.zeros((0, 2), np.int16), *kept])
    return Traces(
        points, np.concatenate([np.zeros(0, np.uint8), *strengths]), starts, np.array(feature, np.bool_)
    )


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
