import pytest

from generations.drawings import dump_drawing, load_drawing
from generations.lineart import DrawingFileError, LineThickness, Paper, Sheet, page_to_svg
from generations.lineart.archive import Format, pack


def test_a_photos_drawing_is_found_by_its_format(drawing):
    loaded = load_drawing(dump_drawing(drawing))
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    pages = [page_to_svg(each.compose(LineThickness.MEDIUM, sheet)) for each in (drawing, loaded)]
    assert pages[0] == pages[1]
    assert dump_drawing(loaded) == dump_drawing(drawing)


@pytest.mark.parametrize("data", [b"", b"PK", pack(Format("a shopping list", {1: {}}), {}, {})])
def test_what_is_no_drawing_is_refused(data):
    with pytest.raises(DrawingFileError, match="not a drawing file"):
        load_drawing(data)
