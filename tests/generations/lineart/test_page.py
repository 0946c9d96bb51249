import pytest

from generations.lineart import Paper, Sheet


@pytest.mark.parametrize(
    ("paper", "aspect", "size"),
    [
        (Paper.A4, 0.75, (210, 297)),
        (Paper.A4, 1.0, (210, 297)),
        (Paper.A4, 1.5, (297, 210)),
        (Paper.LETTER, 0.5, (215.9, 279.4)),
        (Paper.LETTER, 2.0, (279.4, 215.9)),
    ],
)
def test_the_sheet_turns_with_the_picture(paper, aspect, size):
    sheet = Sheet.for_picture(paper, aspect)
    assert (sheet.width_mm, sheet.height_mm) == size


@pytest.mark.parametrize("aspect", [0.2, 0.7, 1.0, 1.4, 5.0])
@pytest.mark.parametrize("paper", Paper)
def test_the_picture_is_fitted_centred_and_inside_the_margins(paper, aspect):
    sheet = Sheet.for_picture(paper, aspect, header_mm=12, footer_mm=8)
    box = sheet.place(aspect, inset_mm=0.5)
    assert box.width / box.height == pytest.approx(aspect)
    assert box.x - sheet.margin_mm == pytest.approx(sheet.width_mm - sheet.margin_mm - box.x - box.width)
    assert box.x >= sheet.margin_mm + 0.5 - 1e-9
    assert box.y >= sheet.margin_mm + 12.5 - 1e-9
    assert box.y + box.height <= sheet.height_mm - sheet.margin_mm - 8.5 + 1e-9


def test_margins_are_those_of_the_paper():
    assert Sheet.for_picture(Paper.A4, 1).margin_mm == 10
    assert Sheet.for_picture(Paper.LETTER, 1).margin_mm == 6.35


@pytest.mark.parametrize(("paper", "pixels"), [(Paper.A4, (2480, 3508)), (Paper.LETTER, (2550, 3300))])
def test_the_sheet_at_300_dpi(paper, pixels):
    assert Sheet.for_picture(paper, 1).size_px(300) == pixels
