import io
import zipfile

import numpy as np
import pytest

from generations.lineart import DrawingFileError, LineThickness, Look, Paper, Sheet, page_to_svg
from generations.lineart.archive import pack
from generations.lineart.finish import Lines, dump_lines, load_lines
from generations.lineart.finish.lines import FORMAT
from generations.lineart.page import Line


def line(*points: tuple[float, float], closed: bool = False) -> Line:
    return Line(np.array(points, float), closed)


LINES = Lines(
    width_mm=190,
    height_mm=95,
    outlines=(line((0, 0), (95, 47.5), (190, 95)), line((10, 10), (20, 10), (20, 30), closed=True)),
    details=(line((40, 40), (60.25, 41.5)),),
    solids=(line((100, 50), (103, 50), (103, 53), closed=True),),
)
SHEET = Sheet.for_picture(Paper.LETTER, LINES.aspect)


@pytest.mark.parametrize("thickness", LineThickness)
def test_a_page_has_strokes_of_both_widths_and_the_solid_parts(thickness):
    outlines, details = LINES.compose(thickness, SHEET).strokes
    assert (outlines.width_mm, len(outlines.lines), len(details.lines)) == (thickness.width_mm, 3, 1)
    assert details.width_mm == pytest.approx(0.68 * thickness.width_mm, abs=0.001)
    assert len(LINES.compose(thickness, SHEET).fills) == 1


def test_lines_lie_where_they_lay_on_the_picture():
    page = LINES.compose(LineThickness.MEDIUM, SHEET)
    box, diagonal = page.picture, page.strokes[0].lines[1].points
    assert diagonal[0].tolist() == pytest.approx([box.x, box.y])
    assert diagonal[1].tolist() == pytest.approx([box.x + box.width / 2, box.y + box.height / 2])
    assert diagonal[2].tolist() == pytest.approx([box.x + box.width, box.y + box.height])


def test_a_look_without_frame_has_none():
    page = LINES.compose(LineThickness.MEDIUM, SHEET, Look(frame=False))
    assert len(page.strokes[0].lines) == 2


@pytest.mark.parametrize("lines", [LINES, Lines(190, 95, (), (), ())], ids=["lines", "none"])
def test_a_loaded_file_gives_the_same_pages_and_the_same_file(lines):
    loaded = load_lines(dump_lines(lines))
    pages = [page_to_svg(each.compose(LineThickness.THIN, SHEET)) for each in (lines, loaded)]
    assert pages[0] == pages[1]
    assert dump_lines(loaded) == dump_lines(lines)


WHOLE = {
    "size": np.array([19_000, 9_500]),
    "points": np.array([[0, 0], [100, 100]]),
    "starts": np.array([0, 2]),
    "closed": np.array([False]),
    "kinds": np.array([0]),
}
DAMAGE = {
    "no size": {"size": np.array([0, 0])},
    "one side": {"size": np.array([9_500])},
    "a point outside": {"points": np.array([[0, 0], [19_001, 100]])},
    "a line of one point": {"points": np.array([[0, 0]]), "starts": np.array([0, 1])},
    "starts beyond the points": {"starts": np.array([0, 3])},
    "a line too few": {"starts": np.array([0])},
    "a kind too many": {"kinds": np.array([0, 1])},
}


def test_the_smallest_file_is_read():
    assert len(load_lines(pack(FORMAT, {}, WHOLE)).outlines) == 1


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_refused(damage):
    with pytest.raises(DrawingFileError):
        load_lines(pack(FORMAT, {}, WHOLE | damage))


def test_a_file_without_points_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dump_lines(LINES))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != "points.npy":
                new.writestr(name, old.read(name))
    with pytest.raises(DrawingFileError):
        load_lines(buffer.getvalue())
