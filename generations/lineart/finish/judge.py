"""Whether a raster is line art at all: numbers from its pixels before anything is repaired, limits as data."""

from collections.abc import Callable

import cv2
import numpy as np

from generations.lineart.arrays import Bytes, Floats, Mask, distance_inside
from generations.lineart.colour import require_drawable
from generations.lineart.finish.paper import darkness
from generations.lineart.gate import Numbers, Verdict
from generations.lineart.skeleton import skeleton_of

JUDGED_PX = 1024  # longer side at which all lengths and areas below are meant
INK, SHADE = 0.42, 0.15  # darkness of a line, and of what should be paper
GUARD_PX = 9  # pixels around lines whose shade is the line's soft edge
CHROMA = 14.0  # Lab units from the paper's tint that are a colour
DARK = 110  # grey level
SOLID_DEPTH_PX = 9.0  # a stroke of 18 px is 3.6 mm wide on A4
LEAST_FIELD, SPECK = 0.0004, 0.00003  # shares of the picture


# In order: the first that holds is the problem. Limits lie between good rasters and spoiled ones, as those of pages do:
#                     good                      bad
#   colour            0 %                       painted 21 %, photographs 12 % and more
#   shade, soft       at most 1.6 %, 0.7        shaded 7.3 %, 1.8; photographs in grey 5.8 %
#   solid black       at most 6.6 % (hollowed)  mostly black 36 % and more
#   open ends, dots   at most 185, 58           littered 960, adaptive threshold 1900 and 600, XDoG 1300 and 360
RASTER_PROBLEMS: tuple[tuple[str, Callable[[Numbers], bool]], ...] = (
    ("blank", lambda n: n["ink_percent"] < 1.2),
    ("coloured", lambda n: n["coloured_percent"] > 2.0),
    ("grey", lambda n: n["shaded_percent"] > 3.0 or n["soft_share"] > 1.6),
    ("solid_black", lambda n: n["solid_percent"] > 12.0),
    ("too_dense", lambda n: n["ink_percent"] > 24.0 or n["dark_percent"] > 35.0),
    ("noisy", lambda n: n["specks"] > 300 or n["dots"] > 150 or n["open_ends"] > 420),
    ("open", lambda n: n["areas"] < 5 or n["largest_percent"] > 97.5),
)

REPAIRABLE = frozenset({"open"})  # what `finish` may mend


def judge_raster(raster: Bytes) -> Verdict:
    """Judge an RGB raster (H,W,3) as it came. REPAIRABLE problems are worth a `finish`, the others are not."""
    numbers = measure_raster(raster)
    problem = next((code for code, holds in RASTER_PROBLEMS if holds(numbers)), "")
    return Verdict(ok=not problem, problem=problem, numbers=numbers)


def measure_raster(raster: Bytes) -> Numbers:
    """Shares in percent of the raster and counts, at a longer side of 1024 px. Raises LineArtError as `finish` does."""
    require_drawable(raster)
    factor = JUDGED_PX / max(raster.shape[:2])
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    picture = np.asarray(cv2.resize(raster, None, fx=factor, fy=factor, interpolation=way), np.uint8)
    dark = darkness(picture)
    ink = np.asarray(dark > INK, np.bool_)
    return {
        "ink_percent": _percent(ink),
        "coloured_percent": _percent(_coloured(picture)),
        "dark_percent": _percent(np.asarray(picture.min(axis=2) < DARK, np.bool_)),
        "solid_percent": _percent(distance_inside(ink) > SOLID_DEPTH_PX),
        **_shade_numbers(dark, ink),
        **_shape_numbers(ink),
    }


def _percent(mask: Mask) -> float:
    return 100 * float(mask.mean())


def _coloured(picture: Bytes) -> Mask:
    """Pixels whose colour is not the paper's: an even tint of the whole sheet is no colour.

    A grey on tinted paper is tinted in proportion to its lightness, down to black, which has no tint.
    """
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    paper = np.median(lab.reshape(-1, 3), axis=0)
    share = np.minimum(lab[..., :1] / max(float(paper[0]), 1.0), 1.0)
    off = lab[..., 1:] - share * paper[1:]
    return np.asarray(np.hypot(off[..., 0], off[..., 1]) > CHROMA, np.bool_)


def _shade_numbers(dark: Floats, ink: Mask) -> Numbers:
    """Shade away from lines, and grey pixels for each pixel of ink (0.3-0.8 on soft-edged lines)."""
    near = cv2.dilate(ink.view(np.uint8), np.ones((GUARD_PX, GUARD_PX), np.uint8)) > 0
    soft, lines = int(((dark > SHADE) & ~ink).sum()), int(ink.sum())
    return {
        "shaded_percent": _percent(np.asarray((dark > SHADE) & ~near, np.bool_)),
        "soft_share": soft / max(lines, 1),
    }


def _shape_numbers(ink: Mask) -> Numbers:
    """White areas and specks, black dots, open ends."""
    white = _areas(~ink, 4)
    skeleton = skeleton_of(ink)
    around = cv2.filter2D(skeleton.view(np.uint8), -1, np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT)
    return {
        "areas": float((white > LEAST_FIELD * ink.size).sum()),
        "largest_percent": 100 * float(white.max(initial=0)) / max(float(white.sum()), 1.0),
        "specks": float((white < SPECK * ink.size).sum()),
        "dots": float((_areas(ink, 8) < SPECK * ink.size).sum()),
        "open_ends": float(np.count_nonzero(skeleton & (around == 2))),
    }


def _areas(mask: Mask, connectivity: int) -> Floats:
    stats = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=connectivity)[2]
    return np.asarray(stats[1:, cv2.CC_STAT_AREA], np.float32)
