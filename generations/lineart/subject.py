"""The subject of a photo where a family has pointed at it, cut out on a small picture."""

import cv2
import numpy as np

from generations.faces import Face, find_faces
from generations.lineart.arrays import Bytes, Mask, ellipse, enlarge
from generations.lineart.cut import ROUNDS, calmed, cut_along, refined, resized, shrunk, tidied
from generations.lineart.focus import Focus
from generations.lineart.hints import box_hints, tap_hints, tapped
from generations.lineart.parts import parts_of
from generations.lineart.pointer import WHOLE_PHOTO, Pointer, box_around, part_of, window_around
from generations.lineart.proposals import vote

SIDE_PX = 288  # long side of the picture on which the subject is cut out of its box
TAP_SIDE_PX, TAP_ROUNDS = 200, 2  # the same after a tap: what votes have found is only refined
FIRST_LOOK_PX = 900  # long side of a whole photo before it is looked at from nearer
SURROUNDINGS, ROOM = 0.6, 0.12  # of a box's longer side: what is looked at around it, what is drawn around it
_Ellipses = tuple[tuple[tuple[float, float], tuple[float, float]], ...]  # centres and half axes, by face box
HEAD: _Ellipses = (((0.5, 0.4), (0.5, 0.66)), ((0.5, 1.1), (0.3, 0.4)))  # with hair and neck
BODY: _Ellipses = (((0.5, 2.4), (1.5, 1.5)),)


def look_closer(photo: Bytes, pointer: Pointer | None) -> tuple[Bytes, Pointer | Focus | None]:
    """What of the photo (H,W,3) is looked at, and what is known of its subject.

    That is all of it and the pointer, or the part around a subject that is wanted `alone`, as the first look shows it.
    """
    if pointer is None or not pointer.alone:
        return photo, pointer
    seen = first_look(photo, pointer)
    box = box_around(seen)
    if box is None:
        return photo, pointer
    window = window_around(box, ROOM, photo.shape)
    part = part_of(photo, window)
    return part, Focus(refined(part, part_of(seen, window)), alone=True)


def first_look(photo: Bytes, pointer: Pointer) -> Mask:
    """The subject on a small copy of the photo (H,W,3), which a family is shown too."""
    picture = shrunk(photo, FIRST_LOOK_PX)
    return find_subject(picture, pointer, find_faces(picture))


def find_subject(picture: Bytes, pointer: Pointer, faces: tuple[Face, ...] = ()) -> Mask:
    """True on the subject of an RGB picture (H,W,3), as a mask (H,W); all False when a tap leads to none.

    The heads of `faces` that are pointed at belong to it, their bodies probably: hair and a dark collar hardly differ
    from a background.

    GrabCut (Rother, Kolmogorov and Blake, 2004), begun with what boxes around the tap vote for, or with what is far
    in colour from what surrounds the box (geodesic distances as in Bai and Sapiro, 2007).
    """
    window = window_around(pointer, SURROUNDINGS, picture.shape) if pointer.is_box else WHOLE_PHOTO
    part, place = part_of(picture, window), pointer.within(window)
    small = calmed(shrunk(part, SIDE_PX if place.is_box else TAP_SIDE_PX))
    hints = box_hints(small, place) if place.is_box else _tap_hints(part, small, place)
    people = [face for face in faces if _is_meant(face, pointer, picture.shape)]
    for level, ellipses in ((cv2.GC_PR_FGD, BODY), (cv2.GC_FGD, HEAD)):
        seen = part_of(_ellipses(picture.shape, people, ellipses), window)
        hints[resized(seen, hints.shape) & (hints != cv2.GC_BGD)] = level
    mask = cut_along(small, hints, ROUNDS if place.is_box else TAP_ROUNDS)
    unwanted = tapped(small, place.taps, belongs=False)
    mask = tidied(mask, hints == cv2.GC_FGD, unwanted, with_large=place.is_box)
    if place.is_box and not mask.any():  # nothing stands out in it: then all of it is meant
        mask = hints != cv2.GC_BGD
    whole = np.zeros(picture.shape[:2], np.float32)
    height, width = part.shape[:2]
    part_of(whole, window)[:] = enlarge(mask.astype(np.float32), height, width)
    return np.asarray(whole > 0.5, np.bool_)


def _tap_hints(picture: Bytes, small: Bytes, tap: Pointer) -> Bytes:
    likely = vote(parts_of(picture), tap.taps)
    return tap_hints(small, tap.taps, enlarge(likely, *small.shape[:2]))


def focus_on(picture: Bytes, seen: Pointer | Focus | None, faces: tuple[Face, ...] = ()) -> Focus:
    """The subject of an RGB picture (H,W,3) at this place or as it was seen before; none without either."""
    if isinstance(seen, Focus):
        return seen
    if seen is None:
        return Focus(np.zeros(picture.shape[:2], np.bool_))
    return Focus(find_subject(picture, seen, faces), seen.alone)


def _is_meant(face: Face, pointer: Pointer, shape: tuple[int, ...]) -> bool:
    """Whether a face is in the box, or under a finger."""
    height, width = shape[:2]
    if any(tap.belongs and face.box.holds(tap.x * width, tap.y * height) for tap in pointer.taps):
        return True
    x, y = face.box.centre
    right, down = x / width - pointer.x, y / height - pointer.y
    return 0 < right < pointer.width and 0 < down < pointer.height


def _ellipses(shape: tuple[int, ...], faces: list[Face], ellipses: _Ellipses) -> Mask:
    """True in these ellipses of each face."""
    inside = np.zeros(shape[:2], np.float32)
    for face in faces:
        for (right, down), (half_x, half_y) in ellipses:
            axes = half_x * face.box.width, half_y * face.box.height
            inside = np.maximum(inside, ellipse(shape, face.box.at(right, down), axes))
    return inside > 0
