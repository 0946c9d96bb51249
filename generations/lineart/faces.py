"""Where faces change how a photo is drawn: shading, importance, and what of a face is looked for there."""

import math
from collections.abc import Iterable

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d

from generations.faces import Face
from generations.faces.face import LEFT_EYE, RIGHT_EYE
from generations.lineart.arrays import Floats, Mask, Points, blur, ellipse, sample
from generations.lineart.curves import dense

Share = tuple[float, float, float]  # of the face's outline: across, below and above its middle
# Within it shading is no edge: clear of its rim, which is the edge of the face, and of the forehead, where hair falls.
SHADED: Share = (0.85, 0.85, 0.55)
# What has lines of its own on a face from the side: the nose, and the mouth.
LEFT_BROW = (46, 53, 52, 65, 55, 107, 66, 105, 63, 70)
RIGHT_BROW = (276, 283, 282, 295, 285, 336, 296, 334, 293, 300)
EYES = (*LEFT_EYE, *LEFT_BROW), (*RIGHT_EYE, *RIGHT_BROW)
NOSE = (168, 197, 195, 5, 4, 1, 2, 98, 97, 326, 327, 129, 358, 49, 279)
LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
GLASS = (1.15, 0.95)  # half axes of what glasses take, widths of the eye
ACROSS_GLASSES = (9, 8, 168, 6, 197, 195)  # from between the brows down the bridge of the nose
LANES = (-0.03, -0.02, -0.01, 0.0, 0.01, 0.02, 0.03)  # beside its middle, of the face's width
GLASS_STEP = 6.0  # lightness units in a hundredth of the face's width: all of 22 pairs of glasses have more, skin has 1-5
AROUND = 0.04  # of the face's width

# Lightness of lit skin from which lines count as they are, and the most that they gain.
LIGHT_SKIN, MOST_GAIN = 60.0, 2.0


def filled(shape: tuple[int, ...], corners: Points) -> Mask:
    """True inside this polygon (N,2) px, and on its rim, of a picture of this shape."""
    inside = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(inside, [np.round(corners).astype(np.int32)], 1)
    return inside > 0


def inside_of(shape: tuple[int, ...], face: Face, share: Share = (1.0, 1.0, 1.0)) -> Mask:
    """True inside the face's outline, drawn in to these shares of it."""
    across = np.array([math.cos(face.lean), math.sin(face.lean)])
    axes = np.stack([across, [-across[1], across[0]]])
    middle = face.outline.mean(axis=0)
    upright = (face.outline - middle) @ axes.T
    below = np.where(upright[:, 1] > 0, share[1], share[2])
    return filled(shape, middle + upright * np.stack([np.full(len(below), share[0]), below], axis=1) @ axes)


def drawn_parts(shape: tuple[int, ...], face: Face) -> Mask:
    """True on eyes, brows and lips, which are drawn as lines of their own (`portrait.py`)."""
    inside = np.zeros(shape[:2], np.bool_)
    for part in EYES if face.is_aside else (*EYES, LIPS):
        hull = cv2.convexHull(face.points[list(part)].astype(np.float32))[:, 0]
        inside |= filled(shape, hull.astype(np.float64))
    return grown(inside, AROUND * face.box.width)


def shading_weight(shape: tuple[int, ...], faces: tuple[Face, ...]) -> Floats:
    """1 everywhere but 0.2 inside each face: skin shading must not become regions."""
    weight = np.ones(shape[:2], np.float32)
    for face in faces:
        inside = (inside_of(shape, face, SHADED) | drawn_parts(shape, face)).astype(np.float32)
        weight *= 1 - 0.8 * blur(inside, max(face.box.width * 0.04, 1.0))
    return weight


def on_dark_skin(lightness: Floats, face: Face) -> float:
    """How many times stronger a line of this face is to its own skin than to light skin: as much as skin is darker.

    `lightness` (H,W) is 0..100. Contrast is seen relative to what it stands on (Weber, 1834).
    """
    seen = lightness[inside_of(lightness.shape, face, SHADED)]
    lit = float(np.percentile(seen, 75)) if seen.size else LIGHT_SKIN
    return float(np.clip(LIGHT_SKIN / max(lit, 1.0), 1.0, MOST_GAIN))


def person_mask(shape: tuple[int, ...], face: Face) -> Floats:
    """About where the head and the upper body of this face are, 0..1, soft at the rim."""
    box = face.box
    head = ellipse(shape, box.at(0.5, 0.55), (box.width * 0.75, box.height * 0.95))
    body = ellipse(shape, box.at(0.5, 2.2), (box.width * 1.2, box.height * 1.6))
    return blur(np.maximum(head, body), max(box.width * 0.08, 1.0))


def looked_for(lightness: Floats, faces: Iterable[Face]) -> Mask:
    """True where fine lines of these faces are looked for: on glasses, and on noses and mouths seen from the side.

    The mesh of a face from the side does not follow these. `lightness` (H,W) is 0..100.
    """
    shape = lightness.shape
    inside = np.zeros(shape, np.bool_)
    for face in faces:
        for eye in face.eyes if wears_glasses(face, lightness) else ():
            axes = (GLASS[0] * eye.width, GLASS[1] * eye.width)
            inside |= ellipse(shape, tuple((eye.upper[0] + eye.upper[-1]) / 2), axes) > 0
        if face.is_aside:
            for part in (NOSE, LIPS):
                hull = cv2.convexHull(face.points[list(part)].astype(np.float32))[:, 0]
                inside |= grown(filled(shape, hull.astype(np.float64)), AROUND * face.box.width)
    return inside


def wears_glasses(face: Face, lightness: Floats) -> bool:
    """Whether something with a sharp edge lies across the bridge of the nose, where skin has none."""
    bridge = dense(face.points[list(ACROSS_GLASSES)])
    across = np.array([math.cos(face.lean), math.sin(face.lean)])
    lanes = [sample(lightness, bridge + off * face.box.width * across) for off in LANES]
    smooth = gaussian_filter1d(np.mean(lanes, axis=0), max(0.008 * face.box.width, 0.7))
    return bool(np.abs(np.diff(smooth)).max(initial=0) * face.box.width / 100 > GLASS_STEP)


def grown(mask: Mask, by: float) -> Mask:
    """The mask (H,W) with all that is nearer to it than `by` px."""
    left, top, width, height = cv2.boundingRect(mask.view(np.uint8))
    reach = math.ceil(by) + 1
    window = np.s_[max(top - reach, 0) : top + height + reach, max(left - reach, 0) : left + width + reach]
    near = np.zeros_like(mask)
    away = cv2.distanceTransform(np.ascontiguousarray(~mask[window]).view(np.uint8), cv2.DIST_L2, 3)
    near[window] = (away <= by) & mask.any()
    return near
