"""Bodies of our own under the heads that the font gives us. In em: feet on y = 0, middle x = 0; back to front."""

from collections.abc import Callable

import numpy as np

from generations.lineart.arrays import Points
from generations.scenes.glyphs import glyph_shape
from generations.scenes.outlines import Shape
from generations.scenes.primitives import Pairs, area, dot, ellipse, joined, line
from generations.scenes.things import THINGS
from generations.scenes.vessels import VESSELS

MADE = frozenset({"road", "water", "far", "indoors", "table"})  # places of things that have no eyes
HEAD = 0.62  # size of a head on a body, beside the whole figure
FACE = np.array([0.6, 0.5])  # the same of people, whose faces are long
SLEEVE = 0.86  # of an arm, the rest is hand
NECK = -0.4  # where a head sits
HAND = 0.043  # radius
AT_REST: Pairs = ((-0.24, -0.22), (0.24, -0.22))
Parts = tuple[Shape, ...]
Point = tuple[float, float]


def figure_parts(glyph: str, hands: Pairs = ()) -> Parts:
    """The shapes of a thing as it stands in a scene, back to front; one with hands has them last.

    `hands` are where it holds them, left and right. KeyError for an unknown thing.
    """
    if glyph in VESSELS:
        return VESSELS[glyph]()
    thing = THINGS[glyph]
    shape = glyph_shape(glyph)
    if thing.place in MADE:
        shape = shape.hollowed()
    if thing.body:
        return BODIES[thing.body](shape, hands or AT_REST)
    return (shape, paws(hands)) if hands else (shape,)


def paws(at: Pairs) -> Shape:
    return joined(*(ellipse(x, y, HAND, HAND) for x, y in at))


def _limb(start: Points, end: Points, half: float) -> Shape:
    """A sleeve, round at both ends."""
    along = np.subtract(end, start)
    away = np.array([-along[1], along[0]]) / np.hypot(*along) * half
    t = np.linspace(0, np.pi, 6)
    unit = along / np.hypot(*along) * half
    tip = np.outer(np.cos(t), away) + np.outer(np.sin(t), unit)
    return area(np.concatenate([np.add(end, tip), np.subtract(start, tip)]))


def _arms(shoulder: Point, hands: Pairs, half: float) -> tuple[Shape, Shape]:
    """Left and right, from the shoulder on the right."""
    left, right = np.array([-shoulder[0], shoulder[1]]), np.array(shoulder)
    ends = left + SLEEVE * (hands[0] - left), right + SLEEVE * (hands[1] - right)
    return _limb(left, ends[0], half), _limb(right, ends[1], half)


def _animal(head: Shape, hands: Pairs) -> Parts:
    """Sitting up like a soft toy."""
    feet = (ellipse(-0.13, -0.05, 0.11, 0.06, -8), ellipse(0.13, -0.05, 0.11, 0.06, 8))
    arms = _arms((0.12, -0.33), hands, 0.055)
    belly = ellipse(0, -0.19, 0.105, 0.12, inner=True)
    body = (*arms, ellipse(0, -0.23, 0.185, 0.21), belly, *feet, head.scaled(HEAD).moved(0, -0.36))
    return body if hands is AT_REST else (*body, paws(hands))


def _trousers(head: Shape, hands: Pairs) -> Parts:
    shoes = joined(ellipse(-0.105, -0.03, 0.085, 0.035), ellipse(0.105, -0.03, 0.085, 0.035))
    legs = [(-0.135, -0.24), (0.135, -0.24), (0.15, -0.04), (0.03, -0.04), (0, -0.14), (-0.03, -0.04)]
    trousers = area([*legs, (-0.15, -0.04)], smooth=False)
    shirt = area(
        [(-0.1, -0.46), (0.1, -0.46), (0.155, -0.4), (0.15, -0.21), (-0.15, -0.21), (-0.155, -0.4)],
        smooth=False,
    )
    arms = _arms((0.12, -0.4), hands, 0.05)
    return (shoes, trousers, paws(hands), *arms, shirt, _buttons(), *_face(head), *_in_front(hands))


def _dress(head: Shape, hands: Pairs) -> Parts:
    shoes = joined(ellipse(-0.07, -0.03, 0.07, 0.035), ellipse(0.07, -0.03, 0.07, 0.035))
    stockings = [(-0.09, -0.12), (0.09, -0.12), (0.09, -0.03), (0.02, -0.03), (0, -0.08), (-0.02, -0.03)]
    legs = area([*stockings, (-0.09, -0.03)], smooth=False)
    hem = [
        (0.25, -0.1),
        (0.17, -0.07),
        (0.09, -0.1),
        (0, -0.07),
        (-0.09, -0.1),
        (-0.17, -0.07),
        (-0.25, -0.1),
    ]
    dress = area(
        [(-0.09, -0.46), (0.09, -0.46), (0.14, -0.39), (0.11, -0.27), *hem, (-0.11, -0.27), (-0.14, -0.39)]
    )
    belt = line([(-0.11, -0.275), (0, -0.26), (0.11, -0.275)], inner=True)
    arms = _arms((0.11, -0.4), hands, 0.045)
    return (shoes, legs, paws(hands), *arms, dress, belt, *_face(head), *_in_front(hands))


def _tail(_whole: Shape, hands: Pairs) -> Parts:
    """A mermaid: the font's own is a face in much hair, with a small tail. Ours is a woman down to the waist."""
    left = [(-0.1, -0.29), (-0.13, -0.21), (-0.1, -0.12), (0, -0.05), (0.12, -0.03)]
    right = [(0.26, -0.08), (0.22, -0.12), (0.14, -0.15), (0.13, -0.22), (0.1, -0.29)]
    lobes = [
        (0.2, -0.09),
        (0.22, -0.2),
        (0.33, -0.27),
        (0.33, -0.15),
        (0.45, -0.1),
        (0.37, -0.02),
        (0.25, -0.03),
    ]
    scales = joined(
        *(
            line([(x - 0.035, y), (x, y + 0.025), (x + 0.035, y)], inner=True)
            for x, y in (
                (-0.055, -0.23),
                (0.03, -0.23),
                (-0.02, -0.175),
                (0.065, -0.17),
                (0.02, -0.115),
                (0.11, -0.1),
            )
        )
    )
    shirt = area([(-0.08, -0.46), (0.08, -0.46), (0.13, -0.39), (0.1, -0.27), (-0.1, -0.27), (-0.13, -0.39)])
    arms = _arms((0.11, -0.4), hands, 0.042)
    tail = (area(lobes), area([*left, *right]), scales)
    return (*tail, paws(hands), *arms, shirt, *_face(glyph_shape("👩")), *_in_front(hands))


def _face(head: Shape) -> Parts:
    return (head.mapped(lambda points: points * FACE).moved(0, NECK),)


def _in_front(hands: Pairs) -> Parts:
    """Hands that hold something are drawn once more, before it."""
    return () if hands is AT_REST else (paws(hands),)


def _buttons() -> Shape:
    return joined(dot(0, -0.35, 0.009), dot(0, -0.29, 0.009))


def _robot(head: Shape, hands: Pairs) -> Parts:
    legs = area(
        [(-0.13, -0.16), (-0.04, -0.16), (-0.04, 0), (-0.17, 0), (-0.17, -0.05), (-0.13, -0.05)], smooth=False
    )
    box = area([(-0.2, -0.42), (0.2, -0.42), (0.2, -0.13), (-0.2, -0.13)], smooth=False)
    panel = joined(
        ellipse(-0.07, -0.31, 0.04, 0.04),
        ellipse(0.07, -0.31, 0.04, 0.04),
        area([(-0.11, -0.23), (0.11, -0.23), (0.11, -0.18), (-0.11, -0.18)], smooth=False),
    )
    reach = ((-0.29, -0.22), (0.29, -0.22)) if hands is AT_REST else hands
    arms = _arms((0.18, -0.37), reach, 0.035)
    face = head.scaled(HEAD * 0.9).moved(0, -0.42)
    return (legs, legs.mirrored(), paws(reach), *arms, box, panel, face, *_in_front(hands))


def _bush(head: Shape, _hands: Pairs) -> Parts:
    """Looking out over a bush."""
    left = [(-0.48, 0), (-0.52, -0.12), (-0.4, -0.22), (-0.24, -0.19), (-0.1, -0.28), (0.06, -0.22)]
    right = [(0.22, -0.28), (0.36, -0.2), (0.5, -0.15), (0.49, 0), (0.2, 0.02), (-0.2, 0.02)]
    return (head.scaled(0.8).moved(0, -0.12), area([*left, *right]))


BODIES: dict[str, Callable[[Shape, Pairs], Parts]] = {
    "animal": _animal,
    "trousers": _trousers,
    "dress": _dress,
    "robot": _robot,
    "bush": _bush,
    "tail": _tail,
}
