"""What the font has no picture of that one could sit in or look out of: drawn by hand. In em, as glyphs are."""

from collections.abc import Callable

from generations.scenes.outlines import Shape
from generations.scenes.primitives import area, ellipse, line
from generations.scenes.things import CABRIOLET, HULL, OPEN_HOUSE, PIRATE_SHIP

Parts = tuple[Shape, ...]  # back to front


def hull() -> Parts:
    """A rowing boat with a rim."""
    side = area([(-0.5, -0.3), (0.5, -0.3), (0.42, -0.08), (0.3, 0), (-0.3, 0), (-0.42, -0.08)], smooth=False)
    rim = area([(-0.54, -0.36), (0.54, -0.36), (0.51, -0.28), (-0.51, -0.28)], smooth=False)
    plank = line([(-0.45, -0.15), (0.45, -0.15)], inner=True)
    return (side, plank, rim)


def cabriolet() -> Parts:
    """An open car, seen from its side."""
    back = [(-0.5, -0.1), (-0.52, -0.24), (-0.47, -0.36), (-0.3, -0.39), (-0.1, -0.37), (0.12, -0.37)]
    bonnet = [(0.2, -0.34), (0.36, -0.31), (0.48, -0.25), (0.52, -0.16), (0.5, -0.1)]
    wheels = (ellipse(x, -0.1, radius, radius) for x in (-0.29, 0.3) for radius in (0.1, 0.045))
    door = line([(-0.14, -0.37), (-0.12, -0.14), (0.1, -0.14), (0.12, -0.37)], inner=True, smooth=False)
    handle = line([(-0.09, -0.29), (-0.02, -0.29)], inner=True)
    pane = line([(0.14, -0.37), (0.06, -0.55), (0.1, -0.56), (0.2, -0.345)], smooth=False)
    lamp = ellipse(0.44, -0.22, 0.028, 0.035)
    return (area([*back, *bonnet], smooth=False), door, handle, pane, lamp, *wheels)


def open_house() -> Parts:
    """A house with its door wide open."""
    wall = area([(-0.4, -0.55), (0.4, -0.55), (0.4, 0), (-0.4, 0)], smooth=False)
    chimney = area([(0.2, -0.92), (0.32, -0.92), (0.32, -0.68), (0.2, -0.8)], smooth=False)
    roof = area([(0, -1.0), (0.52, -0.55), (-0.52, -0.55)], smooth=False)
    attic = ellipse(0, -0.7, 0.07, 0.07)
    door = area([(-0.2, 0), (-0.2, -0.4), (-0.12, -0.49), (0.12, -0.49), (0.2, -0.4), (0.2, 0)], smooth=False)
    leaf = area([(0.2, 0), (0.2, -0.42), (0.34, -0.36), (0.34, 0.04)], smooth=False)
    pane = area([(-0.35, -0.4), (-0.25, -0.4), (-0.25, -0.22), (-0.35, -0.22)], smooth=False)
    return (chimney, wall, roof, attic, pane, door, leaf, ellipse(0.3, -0.17, 0.012, 0.012))


def pirate_ship() -> Parts:
    """Two masts, swelling sails, a flag with crossed bones."""
    stern = [(-0.5, -0.34), (-0.32, -0.34), (-0.3, -0.26), (0.28, -0.26), (0.32, -0.34), (0.58, -0.38)]
    side = area([*stern, (0.42, -0.06), (0.34, 0), (-0.36, 0), (-0.44, -0.08)], smooth=False)
    planks = line([(-0.46, -0.17), (0.47, -0.17)], inner=True)
    ports = (ellipse(x, -0.1, 0.03, 0.03) for x in (-0.24, -0.08, 0.08, 0.24))
    masts = (
        area([(x, -1.0), (x + 0.02, -1.0), (x + 0.02, -0.26), (x, -0.26)], smooth=False) for x in (-0.1, 0.2)
    )
    return (*masts, side, planks, *ports, *_sails(), *_flag())


def _sails() -> tuple[Shape, ...]:
    low = [(-0.3, -0.6), (0.1, -0.6), (0.06, -0.45), (0.12, -0.3), (-0.28, -0.3), (-0.34, -0.45)]
    high = [(-0.26, -0.86), (0.06, -0.86), (0.03, -0.75), (0.07, -0.63), (-0.25, -0.63), (-0.29, -0.75)]
    fore = [(0.14, -0.72), (0.38, -0.72), (0.35, -0.55), (0.4, -0.4), (0.16, -0.4), (0.12, -0.55)]
    return tuple(area(sail) for sail in (low, high, fore))


def _flag() -> tuple[Shape, ...]:
    cloth = area([(-0.08, -1.0), (0.1, -1.03), (0.1, -0.9), (-0.08, -0.88)])
    bones = (line([(-0.03, -0.97), (0.05, -0.92)]), line([(-0.03, -0.92), (0.05, -0.975)]))
    return (cloth, *bones)


VESSELS: dict[str, Callable[[], Parts]] = {
    HULL.glyph: hull,
    CABRIOLET.glyph: cabriolet,
    OPEN_HOUSE.glyph: open_house,
    PIRATE_SHIP.glyph: pirate_ship,
}
