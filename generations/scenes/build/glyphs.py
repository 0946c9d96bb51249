"""Outlines of the glyphs of a monochrome emoji font as strokes: python -m generations.scenes.build.glyphs FONT

FONT is `files/noto-emoji-emoji-300-normal.woff2` of the npm package @fontsource/noto-emoji. Ink becomes centre lines; solid
parts become outlines to colour, but for pupils. Writes `data/glyphs.zip`; the same font gives the same bytes.
"""

import io
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import resvg_py
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from PIL import Image

from generations.lineart.arrays import Floats, Labels, Mask, Points, sample
from generations.lineart.curves import simplify, smooth_line
from generations.lineart.finish.trace import without_spurs
from generations.lineart.skeleton import skeleton_of, skeleton_paths
from generations.scenes.glyphs import GLYPHS_FILE, HALF_LINE, PX_PER_EM, dump_glyphs
from generations.scenes.outlines import Shape, Stroke
from generations.scenes.things import GLYPHS

PAD = 24  # px around the em square: some glyphs reach over it
ASCENT = 0.82  # of the em above the baseline
SOLID = 1.9  # half lines: ink deeper than this is no line
LEAST_SOLID_PX = 600  # a smaller solid part stays black
LEAST_HOLE_PX = 350  # of white inside a hollowed part
MOST_PUPIL_PX = 6500
ROUND = 0.72  # share of its smallest circle that a pupil fills
BOXY = 0.93  # share of its smallest rectangle from which a part is a window, not a pupil
SMOOTHING_PX, TOLERANCE_PX = 5.0, 0.7


def main(font_file: str) -> None:
    """Traces every glyph that `data/things.toml` names. KeyError for one that the font does not have."""
    font = TTFont(font_file)
    names = glyph_names(font)
    outlines = {character: trace_glyph(raster(font, names[character])) for character in sorted(GLYPHS)}
    GLYPHS_FILE.write_bytes(dump_glyphs(outlines))


def glyph_names(font: TTFont) -> dict[str, str]:
    """The font's own name for each character and for each sequence that it joins to one."""
    single = {chr(code): name for code, name in font.getBestCmap().items()}
    names = dict(single)
    character = {name: text for text, name in single.items()}
    for subtable in _ligature_tables(font):
        for first, ligatures in subtable.ligatures.items():
            for ligature in ligatures:
                parts = [character.get(part, "") for part in (first, *ligature.Component)]
                names["".join(parts)] = ligature.LigGlyph
    return names


def _ligature_tables(font: TTFont) -> list[Any]:
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    opened = [getattr(table, "ExtSubTable", table) for table in tables]
    return [table for table in opened if hasattr(table, "ligatures")]


def raster(font: TTFont, name: str) -> Mask:
    """The ink of a glyph in its em square with a rim of PAD px."""
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs)
    glyphs[name].draw(pen)
    side, scale = PX_PER_EM + 2 * PAD, PX_PER_EM / glyphs[name].width
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}"><rect width="100%" height="100%"'
        f' fill="#fff"/><path transform="translate({PAD},{PAD + PX_PER_EM * ASCENT}) scale({scale},{-scale})"'
        f' d="{pen.getCommands()}"/></svg>'
    )
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg))
    return np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 128


def trace_glyph(ink: Mask) -> Shape:
    """The strokes, pupils, patches and silhouette of a glyph, in px."""
    solid = _opened(ink, SOLID * HALF_LINE)
    dots, patches = _sorted_out(solid, _depth(ink) > 2 * HALF_LINE)
    hollow = ink & ~patches
    eyes = _eyes(patches, hollow)
    silhouette = _silhouette(ink)
    skeleton = without_spurs(skeleton_of(hollow), 2 * HALF_LINE)
    core = cv2.erode((dots | eyes).view(np.uint8), np.ones((7, 7), np.uint8))
    rim = cv2.distanceTransform(silhouette.view(np.uint8), cv2.DIST_L2, 5)
    strokes = [_stroke(path, np.asarray(rim, np.float32)) for path in skeleton_paths(skeleton & (core == 0))]
    return Shape(
        tuple(strokes), _contours(dots | eyes, 4.0), _contours(patches, 4.0), _contours(silhouette, 3.0)
    )


def _depth(mask: Mask) -> Floats:
    return np.asarray(cv2.distanceTransform(mask.view(np.uint8), cv2.DIST_L2, 5), np.float32)


def _opened(mask: Mask, radius: float) -> Mask:
    """Only what a disc of this radius fits into."""
    core = _depth(mask) > radius
    return _depth(~core) < radius if core.any() else core


def _sorted_out(solid: Mask, deep: Mask) -> tuple[Mask, Mask]:
    """Solid parts that stay black, and the insides of those that become outlines."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid.view(np.uint8), connectivity=8)
    dots, patches = np.zeros(solid.shape, np.bool_), np.zeros(solid.shape, np.bool_)
    for number in range(1, count):
        part = labels == number
        if stats[number, cv2.CC_STAT_AREA] < LEAST_SOLID_PX or _is_pupil(part):
            dots |= part
        else:
            inside = _without_small(part & deep, LEAST_HOLE_PX)
            patches |= inside
            dots |= np.zeros_like(part) if inside.any() else part
    return dots, patches


def _is_pupil(part: Mask) -> bool:
    area = np.count_nonzero(part)
    if area > MOST_PUPIL_PX:
        return False
    contour = cv2.findContours(part.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0]
    _, radius = cv2.minEnclosingCircle(contour)
    _, (width, height), _ = cv2.minAreaRect(contour)
    return bool(area > ROUND * np.pi * radius**2 and area < BOXY * width * height)


def _without_small(mask: Mask, least: int) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    keep = stats[:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def _eyes(patches: Mask, hollow: Mask) -> Mask:
    """White eyes in a black face: once the face is white, they are black."""
    filled = np.zeros(patches.shape, np.uint8)
    outer = cv2.findContours(patches.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    cv2.drawContours(filled, outer, -1, 1, -1)
    white = (filled > 0) & ~patches & ~hollow
    count, labels = cv2.connectedComponents(white.view(np.uint8), connectivity=4)
    eyes = np.zeros(patches.shape, np.bool_)
    for number in range(1, count):
        part = labels == number
        if _is_pupil(part) and np.count_nonzero(part) >= LEAST_SOLID_PX:
            eyes |= part
    return eyes


def _silhouette(ink: Mask) -> Mask:
    """The glyph filled, up to the middle of its outer line; thin ends such as whiskers do not count."""
    filled = np.zeros(ink.shape, np.uint8)
    outer = cv2.findContours(ink.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    cv2.drawContours(filled, outer, -1, 1, -1)
    middle = _depth(filled.astype(np.bool_)) > HALF_LINE
    return _without_small(middle, LEAST_HOLE_PX)


def _stroke(path: Labels, rim: Floats) -> Stroke:
    closed = len(path) > 3 and bool((path[0] == path[-1]).all())
    points = (path[:-1] if closed else path).astype(np.float64) + 0.5
    inner = float(np.median(sample(rim, points))) > HALF_LINE
    line = simplify(smooth_line(points, SMOOTHING_PX, closed=closed), TOLERANCE_PX, closed=closed)
    return Stroke(line, closed, inner)


def _contours(mask: Mask, smoothing: float) -> tuple[Points, ...]:
    contours = cv2.findContours(mask.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    lines = [smooth_line(c[:, 0].astype(np.float64) + 0.5, smoothing, closed=True) for c in contours]
    simple = [simplify(line, TOLERANCE_PX, closed=True) for line in lines]
    return tuple(line for line in simple if len(line) > 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]).as_posix())
