"""Which of the found detail lines a page gets: the best first, well apart, not repeating a boundary."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Bytes, Floats, Points, polyline_length, sample
from generations.lineart.boundaries import Arc
from generations.lineart.chains import Chain
from generations.lineart.curves import FREE, smooth_line
from generations.lineart.dashes import in_dash_fields
from generations.lineart.details import Traces, is_worth, score_of
from generations.lineart.ends import joined_up
from generations.lineart.fitting import Course, fitted
from generations.lineart.ruling import ruled
from generations.lineart.settings import Recipe

CROWDED = 0.45  # share of a line that may lie in the neighbourhood of those already drawn
LEAST_LENGTH_MM = 3.6
LOOSE = (1.5, 0.5, 0.0)  # times the recipe's score: what a line with two, one, no loose end must be worth
# Strokes between the middle of a boundary and that of a line of eyes and mouths: no hairline is left between them.
FEATURE_GAP = 1.2
REACH = 1.9  # times the gap: an end this near to a boundary is led up to it
TOLERANCE = 0.45  # px


@dataclass(frozen=True)
class Pen:
    """What selection needs to know of the page: working px, all of them."""

    stroke: float  # width of an outline
    mm: float  # one millimetre on paper
    scale: float  # working px per px at unit scale


@dataclass(frozen=True, eq=False)
class _Piece:
    points: NDArray[np.int16]
    feature: bool
    score: float
    held: int  # how many of its two ends can be led up to a boundary


def choose_details(
    traces: Traces, arcs: list[Arc], shape: tuple[int, ...], recipe: Recipe, pen: Pen
) -> list[Points]:
    """The detail lines of a page in working px, open, smoothed and simplified."""
    network = _distance_to(arcs, shape)
    gap = max(5 * pen.scale, 1.8 * pen.stroke)
    away = sample(network, traces.points)
    pieces = [piece for k in range(len(traces)) for piece in _free_pieces(traces, k, away, gap, recipe, pen)]
    pieces.sort(key=lambda piece: -piece.score)
    drawn = sum(polyline_length(arc.points) for arc in arcs)
    chosen = _spread_out(_without_dashes(pieces, pen), shape, drawn, recipe, pen)
    lines = fitted([_as_drawn(piece, pen) for piece in chosen], TOLERANCE * pen.scale)
    lines = [
        line if piece.feature else _led_up(line, network, gap * REACH)
        for line, piece in zip(lines, chosen, strict=True)
    ]
    return joined_up(lines, [piece.feature for piece in chosen], network, pen.mm)


def _without_dashes(pieces: list[_Piece], pen: Pen) -> list[_Piece]:
    """The pieces but for loose ones that lie among others of their kind: grass, bark, grain."""
    loose = [piece for piece in pieces if not piece.feature and piece.held < 2]
    dashes = in_dash_fields([piece.points for piece in loose], pen.mm)
    drop = {id(piece) for piece, dash in zip(loose, dashes, strict=True) if dash}
    return [piece for piece in pieces if id(piece) not in drop]


def _distance_to(arcs: list[Arc], shape: tuple[int, ...]) -> Floats:
    """Distance in px of each pixel to the nearest boundary line."""
    canvas = np.full(shape, 255, np.uint8)
    for closed in (False, True):
        lines = [
            np.round(arc.points * 8).astype(np.int32).reshape(-1, 1, 2)
            for arc in arcs
            if arc.closed == closed
        ]
        cv2.polylines(canvas, lines, closed, 0, 1, cv2.LINE_8, 3)
    return np.asarray(cv2.distanceTransform(canvas, cv2.DIST_L2, 3), np.float32)


def _free_pieces(traces: Traces, k: int, away: Points, gap: float, recipe: Recipe, pen: Pen) -> list[_Piece]:
    """The parts of trace k that keep their distance (`away` by point) from the boundaries and are still worth drawing."""
    part = slice(int(traces.starts[k]), int(traces.starts[k + 1]))
    points, strength, feature = traces.points[part], traces.strength[part], bool(traces.feature[k])
    least = max(2 * pen.scale, FEATURE_GAP * pen.stroke) if feature else gap
    away = away[part]
    pieces = []
    for start, end in runs_of(away > least):
        run, response = points[start:end], strength[start:end]
        long_enough = polyline_length(run) >= LEAST_LENGTH_MM * pen.mm * (0.5 if feature else 1.0)
        if long_enough and is_worth(run, response, recipe, pen.scale, feature=feature):
            score = score_of(run, response, pen.scale, feature=feature)
            held = int((away[[start, end - 1]] < gap * REACH).sum())
            pieces.append(_Piece(run, feature, score, held))
    return pieces


def runs_of(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end of each run of True."""
    changes = np.flatnonzero(np.diff(np.concatenate([[0], flags.view(np.uint8), [0]]).astype(np.int8)))
    return list(zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True))


def _spread_out(
    pieces: list[_Piece], shape: tuple[int, ...], drawn: float, recipe: Recipe, pen: Pen
) -> list[_Piece]:
    """Best first, each well apart from those before it, until the page has enough line."""
    spacing = {
        True: max(3.0 * pen.scale, pen.stroke),
        False: max(recipe.detail_spacing * pen.scale, 1.6 * pen.stroke),
    }
    near = {feature: np.zeros(shape, np.uint8) for feature in spacing}
    chosen = []
    for piece in pieces:
        if not _is_wanted(piece, drawn / pen.scale, recipe) or _is_crowded(piece, near[piece.feature]):
            continue
        chosen.append(piece)
        drawn += polyline_length(piece.points)
        for feature, distance in spacing.items():
            line = piece.points.astype(np.int32).reshape(-1, 1, 2)
            cv2.polylines(near[feature], [line], False, 1, max(1, round(2 * distance)))
    return chosen


def _is_wanted(piece: _Piece, drawn: float, recipe: Recipe) -> bool:
    if piece.feature:
        return True
    if piece.score < recipe.detail_score * LOOSE[piece.held]:
        return False
    return drawn <= (recipe.most_line if piece.score >= recipe.detail_score else recipe.enough_line)


def _is_crowded(piece: _Piece, near: Bytes) -> bool:
    return float(sample(near, piece.points).mean()) > CROWDED


def _as_drawn(piece: _Piece, pen: Pen) -> Course:
    """The line as it is drawn: smooth, straight where it is nearly so."""
    points = piece.points.astype(np.float64) + 0.5
    points = smooth_line(points, (1.6 if piece.feature else 4.0) * pen.scale, closed=False)
    if piece.feature:
        return Course(points, np.full(len(points), FREE, np.uint8), closed=False)
    points, marks = ruled(points, [Chain(np.arange(len(points)), closed=False)], {}, pen.mm)
    return Course(points, marks, closed=False)


def _led_up(line: Points, network: Floats, reach: float) -> Points:
    """The line with its ends led up to near boundaries."""
    before, after = (_lead_up(end, network, reach) for end in (line[0], line[-1]))
    return np.concatenate([before, line, after])


def _lead_up(end: Points, network: Floats, reach: float) -> Points:
    """The nearest boundary point (1,2) when it is within reach of this line's end, else none (0,2)."""
    if float(sample(network, end[None])[0]) >= reach:
        return np.zeros((0, 2))
    side = int(reach) + 1
    left, top = max(int(end[0]) - side, 0), max(int(end[1]) - side, 0)
    rows, columns = np.nonzero(network[top : int(end[1]) + side + 1, left : int(end[0]) + side + 1] < 1)
    if len(rows) == 0:
        return np.zeros((0, 2))
    targets = np.stack([columns + left + 0.5, rows + top + 0.5], axis=1)
    nearest = int(((targets - end) ** 2).sum(axis=1).argmin())
    return targets[nearest : nearest + 1]
