import numpy as np

from generations.lineart import LineThickness, Look, compose_page, page_to_svg, print_raster
from generations.lineart.page import mirrored
from tests.generations.lineart.pixels import ink_of

MEDIUM = LineThickness.MEDIUM


def test_the_usual_look_changes_nothing(drawing, page):
    assert page_to_svg(compose_page(drawing, MEDIUM, page.sheet, Look())) == page_to_svg(page)


def test_without_a_frame_the_frame_alone_is_missing(drawing, page):
    bare = compose_page(drawing, MEDIUM, page.sheet, Look(frame=False))
    assert (page.framed, bare.framed) == (True, False)
    assert len(bare.strokes[0].lines) == len(page.strokes[0].lines) - 1


def test_a_mirrored_page_is_the_page_with_left_and_right_swapped(drawing, page):
    mirror = compose_page(drawing, MEDIUM, page.sheet, Look(mirror=True))
    there, here = (ink_of(print_raster(each).png()) for each in (mirror, page))
    assert (there[:, ::-1] != here).mean() < 0.002  # less than the rounding of pixels
    assert np.array_equal(mirror.fields.labels[:, ::-1], page.fields.labels)


def test_mirrored_twice_is_as_before(page):
    twice = mirrored(mirrored(page))
    pairs = zip(twice.strokes[0].lines, page.strokes[0].lines, strict=True)
    assert all(np.allclose(one.points, other.points) for one, other in pairs)
