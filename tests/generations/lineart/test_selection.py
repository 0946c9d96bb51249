from dataclasses import replace

import numpy as np

from generations.lineart import Complexity
from generations.lineart.boundaries import Arc
from generations.lineart.details import Traces
from generations.lineart.selection import Pen, choose_details
from generations.lineart.settings import RECIPES

SHAPE = (300, 300)
RECIPE = RECIPES[Complexity.STANDARD]
PEN = Pen(stroke=4.0, mm=4.3, scale=1.0)
WALL = Arc(np.array([[0.0, 20], [300, 20]]), closed=False)


def row(y, start=50, end=250):
    return np.stack([np.arange(start, end), np.full(end - start, y)], axis=1).astype(np.int16)


def traces_of(*paths, strength=80, feature=False):
    starts = np.cumsum([0, *map(len, paths)]).astype(np.int32)
    points = np.concatenate(paths)
    return Traces(points, np.full(len(points), strength, np.uint8), starts, np.full(len(paths), feature))


def chosen(traces, recipe=RECIPE, pen=PEN, arcs=(WALL,)):
    return choose_details(traces, list(arcs), SHAPE, recipe, pen)


def test_lines_well_apart_are_all_drawn():
    assert len(chosen(traces_of(row(100), row(150), row(200)))) == 3


def test_of_crowded_lines_the_longest_is_drawn():
    (line,) = chosen(traces_of(row(100, 80, 200), row(104), row(108, 90, 200)))
    assert line[0, 1] == 104.5


def test_a_thicker_pen_keeps_lines_further_apart():
    traces = traces_of(row(100), row(118))
    assert len(chosen(traces)) == 2
    assert len(chosen(traces, pen=replace(PEN, stroke=14.0))) == 1


def test_what_repeats_a_boundary_is_not_drawn():
    assert chosen(traces_of(row(23))) == []


def test_only_the_part_away_from_the_boundary_is_drawn():
    upright = row(100)[:, ::-1]
    arc = Arc(np.array([[60.0, 150], [140, 150]]), closed=False)
    lines = chosen(traces_of(np.ascontiguousarray(upright)), arcs=[arc])
    assert len(lines) == 2


def test_an_end_close_to_a_boundary_is_led_up_to_it():
    upright = np.ascontiguousarray(row(100, 30, 200)[:, ::-1])
    (line,) = chosen(traces_of(upright))
    assert abs(line[0, 1] - 20.5) <= 1


def test_a_loose_line_must_be_worth_more_than_one_that_is_led_up_to_a_boundary():
    loose, held = row(100, 100, 150), np.ascontiguousarray(row(100, 30, 80)[:, ::-1])
    assert chosen(traces_of(loose, strength=70)) == []
    assert len(chosen(traces_of(held, strength=70))) == 1
    assert len(chosen(traces_of(loose, strength=100))) == 1


def test_enough_is_enough():
    enough = replace(RECIPE, most_line=500)
    assert len(chosen(traces_of(row(100), row(150), row(200)), enough)) == 2


def test_features_are_drawn_however_much_there_is():
    none = replace(RECIPE, most_line=0, enough_line=0)
    assert chosen(traces_of(row(100)), none) == []
    assert len(chosen(traces_of(row(100), feature=True), none)) == 1


def test_a_drawing_without_details():
    empty = Traces(
        np.zeros((0, 2), np.int16), np.zeros(0, np.uint8), np.zeros(1, np.int32), np.zeros(0, np.bool_)
    )
    assert chosen(empty) == []


def test_a_field_of_dashes_is_not_drawn():
    blades = [np.ascontiguousarray(row(x, 100, 140)[:, ::-1]) for x in range(60, 200, 15)]
    assert chosen(traces_of(*blades, strength=200)) == []
    assert len(chosen(traces_of(*blades[:3:2], strength=200))) == 2


def test_lines_of_a_face_keep_a_stroke_apart():
    lips = traces_of(row(100), row(106), feature=True)
    assert len(chosen(lips)) == 2
    assert len(chosen(lips, pen=replace(PEN, stroke=8.0))) == 1


def test_between_a_line_of_a_face_and_a_boundary_no_hairline_is_left():
    brow = traces_of(row(24), feature=True)
    assert chosen(brow) == []
    assert len(chosen(brow, pen=replace(PEN, stroke=2.0))) == 1
