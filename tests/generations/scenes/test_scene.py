"""Scenes as drawings: what hides what, other lines and papers, and files."""

import numpy as np
import pytest

from generations.drawings import dump_drawing, load_drawing
from generations.lineart import DrawingFileError, LineThickness, Paper, Sheet, judge, page_to_svg
from generations.lineart.look import Look
from generations.scenes import understand
from generations.scenes.composer import compose_scene
from generations.scenes.outlines import Shape
from generations.scenes.primitives import area, dot, ellipse, line
from generations.scenes.scene import Figure, Scene
from generations.scenes.scene_file import dump_scene, load_scene
from tests.generations.scenes.conftest import VILLAGE, laid_out

SQUARE = [(20.0, 20.0), (60.0, 20.0), (60.0, 60.0), (20.0, 60.0)]


def scene_of(*shapes: Shape) -> Scene:
    return Scene(100, 100, tuple(Figure(shape) for shape in shapes))


def lines_of(scene: Scene) -> list[np.ndarray]:
    page = laid_out(scene)
    mm = page.picture.width / scene.width
    corner = np.array([page.picture.x, page.picture.y])
    return [(one.points - corner) / mm for group in page.strokes for one in group.lines][1:]  # but the frame


def test_a_line_ends_at_the_outline_of_what_lies_before_it():
    square, behind = area(SQUARE, smooth=False), line([(0.0, 40.0), (100.0, 40.0)])
    parts = [part for part in lines_of(scene_of(behind, square)) if len(part) == 2]
    ends = sorted((part[:, 0].min(), part[:, 0].max()) for part in parts)
    assert np.allclose(ends, [(0, 20), (60, 100)], atol=0.5)


def test_what_lies_before_everything_is_whole():
    square = area(SQUARE, smooth=False)
    assert any(np.allclose(part, SQUARE) for part in lines_of(scene_of(ellipse(40, 40, 30, 30), square)))


def test_areas_stay_closed_where_figures_overlap():
    alone, both = area(SQUARE, smooth=False), ellipse(60, 40, 20, 20)
    fields = [judge(laid_out(scene)).numbers["areas"] for scene in (scene_of(alone), scene_of(alone, both))]
    assert fields == [2, 3]


def test_a_pupil_behind_something_is_not_seen():
    assert len(laid_out(scene_of(dot(40, 40, 3))).fills) == 1
    assert laid_out(scene_of(dot(40, 40, 3), area(SQUARE, smooth=False))).fills == ()


@pytest.mark.parametrize(("side", "fills"), [(1.5, 1), (20.0, 0)])
def test_a_patch_is_black_where_it_is_too_small_to_colour(side: float, fills: int):
    patch = np.array([(0, 0), (side, 0), (side, side), (0, side)]) + 30
    shape = Shape(area(patch, smooth=False).strokes, patches=(patch,))
    assert len(laid_out(scene_of(shape)).fills) == fills


@pytest.mark.parametrize("thickness", ["thin", "medium", "thick"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_thickness_and_paper_passes_the_gate(village: Scene, thickness: str, paper: str):
    page = laid_out(village, thickness, paper)
    assert judge(page).ok
    assert page.strokes[0].width_mm == LineThickness(thickness).width_mm


def test_no_line_leaves_the_picture(village: Scene):
    page = laid_out(village)
    for group in page.strokes:
        for one in group.lines:
            inside = one.points - (page.picture.x, page.picture.y)
            assert (inside > -0.5).all()
            assert (inside < (page.picture.width + 0.5, page.picture.height + 0.5)).all()


def test_looks(village: Scene):
    sheet = Sheet.for_picture(Paper.A4, village.aspect)
    whole, alone, mirrored, bare = (
        village.compose(LineThickness.MEDIUM, sheet, look)
        for look in (Look(), Look(background=False), Look(mirror=True), Look(frame=False))
    )
    assert len(alone.strokes[0].lines) < len(whole.strokes[0].lines) / 2
    assert page_to_svg(mirrored) != page_to_svg(whole)
    assert len(bare.strokes[0].lines) == len(whole.strokes[0].lines) - 1
    assert not bare.framed


def test_the_same_idea_and_seed_give_the_same_bytes(village: Scene):
    again = compose_scene(understand(VILLAGE), "standard", 0)
    other = compose_scene(understand(VILLAGE), "standard", 1)
    assert dump_scene(again) == dump_scene(village) != dump_scene(other)


def test_a_file_gives_the_same_scene_and_page(village: Scene):
    loaded = load_drawing(dump_scene(village))
    assert dump_drawing(loaded) == dump_drawing(village)
    assert page_to_svg(laid_out(loaded)) == page_to_svg(laid_out(village))


@pytest.mark.parametrize("damage", [slice(0, 200), slice(0, -40), slice(30, None)])
def test_a_damaged_file_is_refused(village: Scene, damage: slice):
    with pytest.raises(DrawingFileError):
        load_scene(dump_scene(village)[damage])


@pytest.mark.parametrize("name", ["starts", "kinds", "points"])
def test_arrays_that_do_not_fit_each_other_are_refused(village: Scene, name: str):
    from generations.lineart.archive import pack, unpack
    from generations.scenes.scene_file import FORMAT

    header, arrays = unpack(FORMAT, dump_scene(village))
    facts = {fact: header[fact] for fact in ("width", "height", "roles")}
    with pytest.raises(DrawingFileError):
        load_scene(pack(FORMAT, facts, arrays | {name: arrays[name][:-1]}))


@pytest.mark.parametrize("aspect", [1, 4 / 5, 9 / 16, 3 / 2])
@pytest.mark.parametrize("paper", list(Paper))
def test_a_scene_for_a_shape_fills_it_in_the_middle_of_the_paper(aspect: float, paper: Paper):
    scene = compose_scene(understand("a frog in the garden"), "simple", 0, aspect)
    assert scene.aspect == pytest.approx(aspect)
    page = laid_out(scene, paper=paper)
    sheet, picture = page.sheet, page.picture
    assert picture.width / picture.height == pytest.approx(aspect)
    assert (sheet.width_mm > sheet.height_mm) == (aspect > 1)
    assert picture.x + picture.width / 2 == pytest.approx(sheet.width_mm / 2)
    assert picture.y + picture.height / 2 == pytest.approx(sheet.height_mm / 2)
    assert judge(page).ok


@pytest.mark.parametrize("seed", range(3))
def test_no_border_makes_a_page_noisy(seed: int):
    """Of sharp stars every tip would count as a line that ends nowhere."""
    scene = compose_scene(understand("a princess and a dragon in front of a castle"), "simple", seed)
    assert judge(laid_out(scene, "thick")).ok
