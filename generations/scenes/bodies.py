"""Bodies of our own under the heads that the font gives us. In em: feet on y = 0, middle x = 0; back to front."""

from collections.abc import Callable

from generations.scenes.glyphs import glyph_shape
from generations.scenes.outlines import Shape
from generations.scenes.primitives import area, dot, ellipse, joined, line
from generations.scenes.things import HULL, THINGS

MADE = frozenset({"road", "water", "far", "indoors"})  # places of things that have no eyes
HEAD = 0.62  # size of a head on a body, beside the whole figure
Parts = tuple[Shape, ...]


def figure_parts(glyph: str) -> Parts:
    """The shapes of a thing as it stands in a scene, back to front. KeyError for an unknown one."""
    if glyph == HULL.glyph:
        return (hull(),)
    thing = THINGS[glyph]
    shape = glyph_shape(glyph)
    if thing.place in MADE:
        shape = shape.hollowed()
    return BODIES[thing.body](shape) if thing.body else (shape,)


def _animal(head: Shape) -> Parts:
    """Sitting up like a soft toy."""
    feet = (ellipse(-0.13, -0.05, 0.11, 0.06, -8), ellipse(0.13, -0.05, 0.11, 0.06, 8))
    arms = (ellipse(-0.2, -0.25, 0.055, 0.13, 38), ellipse(0.2, -0.25, 0.055, 0.13, -38))
    belly = ellipse(0, -0.19, 0.105, 0.12, inner=True)
    return (*arms, ellipse(0, -0.23, 0.185, 0.21), belly, *feet, head.scaled(HEAD).moved(0, -0.36))


def _trousers(head: Shape) -> Parts:
    shoes = joined(ellipse(-0.105, -0.03, 0.075, 0.035), ellipse(0.105, -0.03, 0.075, 0.035))
    trousers = area(
        [
            (-0.14, -0.24),
            (0.14, -0.24),
            (0.15, -0.04),
            (0.03, -0.04),
            (0, -0.14),
            (-0.03, -0.04),
            (-0.15, -0.04),
        ],
        smooth=False,
    )
    shirt = area([(-0.11, -0.44), (0.11, -0.44), (0.15, -0.21), (-0.15, -0.21)], smooth=False)
    return (shoes, trousers, *_arms(0.16), shirt, _buttons(), head.scaled(HEAD).moved(0, -0.4))


def _dress(head: Shape) -> Parts:
    shoes = joined(ellipse(-0.07, -0.03, 0.065, 0.035), ellipse(0.07, -0.03, 0.065, 0.035))
    legs = area(
        [
            (-0.09, -0.12),
            (0.09, -0.12),
            (0.09, -0.03),
            (0.02, -0.03),
            (0, -0.08),
            (-0.02, -0.03),
            (-0.09, -0.03),
        ],
        smooth=False,
    )
    hem = [
        (0.25, -0.1),
        (0.17, -0.07),
        (0.09, -0.1),
        (0, -0.07),
        (-0.09, -0.1),
        (-0.17, -0.07),
        (-0.25, -0.1),
    ]
    dress = area([(-0.09, -0.44), (0.09, -0.44), (0.11, -0.27), *hem, (-0.11, -0.27)])
    belt = line([(-0.11, -0.275), (0, -0.26), (0.11, -0.275)], inner=True)
    return (shoes, legs, *_arms(0.16), dress, belt, head.scaled(HEAD).moved(0, -0.4))


def _arms(reach: float) -> Parts:
    """Hands and sleeves, held a little away from the body."""
    hands = joined(ellipse(-reach - 0.07, -0.21, 0.04, 0.04), ellipse(reach + 0.07, -0.21, 0.04, 0.04))
    sleeves = (
        ellipse(-reach + 0.005, -0.31, 0.055, 0.125, 32),
        ellipse(reach - 0.005, -0.31, 0.055, 0.125, -32),
    )
    return (hands, *sleeves)


def _buttons() -> Shape:
    return joined(dot(0, -0.35, 0.009), dot(0, -0.29, 0.009))


def _robot(head: Shape) -> Parts:
    legs = area(
        [(-0.13, -0.16), (-0.04, -0.16), (-0.04, 0), (-0.17, 0), (-0.17, -0.05), (-0.13, -0.05)], smooth=False
    )
    box = area([(-0.2, -0.42), (0.2, -0.42), (0.2, -0.13), (-0.2, -0.13)], smooth=False)
    panel = joined(
        ellipse(-0.07, -0.31, 0.04, 0.04),
        ellipse(0.07, -0.31, 0.04, 0.04),
        area([(-0.11, -0.23), (0.11, -0.23), (0.11, -0.18), (-0.11, -0.18)], smooth=False),
    )
    arm = area(
        [(-0.2, -0.39), (-0.29, -0.36), (-0.29, -0.2), (-0.24, -0.2), (-0.24, -0.33), (-0.2, -0.34)],
        smooth=False,
    )
    return (legs, legs.mirrored(), arm, arm.mirrored(), box, panel, head.scaled(HEAD * 0.9).moved(0, -0.42))


def _bush(head: Shape) -> Parts:
    """Looking out over a bush."""
    bush = area(
        [
            (-0.48, 0),
            (-0.52, -0.12),
            (-0.4, -0.22),
            (-0.24, -0.19),
            (-0.1, -0.28),
            (0.06, -0.22),
            (0.22, -0.28),
            (0.36, -0.2),
            (0.5, -0.15),
            (0.49, 0),
            (0.2, 0.02),
            (-0.2, 0.02),
        ]
    )
    return (head.scaled(0.8).moved(0, -0.12), bush)


def hull() -> Shape:
    """A rowing boat with a rim, for those who sit in a boat."""
    side = area([(-0.5, -0.3), (0.5, -0.3), (0.42, -0.08), (0.3, 0), (-0.3, 0), (-0.42, -0.08)], smooth=False)
    rim = area([(-0.54, -0.36), (0.54, -0.36), (0.51, -0.28), (-0.51, -0.28)], smooth=False)
    plank = line([(-0.45, -0.15), (0.45, -0.15)], inner=True)
    return joined(side, plank, rim)


BODIES: dict[str, Callable[[Shape], Parts]] = {
    "animal": _animal,
    "trousers": _trousers,
    "dress": _dress,
    "robot": _robot,
    "bush": _bush,
}
