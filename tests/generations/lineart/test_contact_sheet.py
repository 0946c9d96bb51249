import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from generations.lineart.contact_sheet import CAPTION_PX, GAP_PX, Row, contact_sheet, picture_of, row_of
from tests.conftest import PHOTOS

RED = np.full((60, 100, 3), (255, 0, 0), np.uint8)


def test_rows_stand_under_each_other_with_their_names():
    sheet = contact_sheet(
        [Row("one", [("photo", RED), ("page", RED)]), Row("two", [("photo", RED)] * 2)], 100
    )
    assert sheet.size == (2 * (100 + GAP_PX), 2 * (CAPTION_PX + 60 + GAP_PX))
    assert sheet.getpixel((50, CAPTION_PX + 30)) == (255, 0, 0)
    caption = np.asarray(sheet)[:CAPTION_PX, : 100 + GAP_PX]
    assert caption.min() < 100 < caption.max()


def test_words_stand_where_a_picture_is_missing():
    sheet = np.asarray(contact_sheet([Row("one", [("photo", RED), ("page", "Too small.")])], 100))
    assert sheet[CAPTION_PX + 5 :, 100 + GAP_PX :].min() < 128


def test_a_row_shows_the_photo_and_three_pages():
    row = row_of("cup", np.asarray(Image.open(PHOTOS / "coffee.jpg").convert("RGB")), 200)
    assert [heading for heading, _ in row.cells] == ["photo", "simple", "standard", "detailed"]
    assert all(max(cell.shape[:2]) == pytest.approx(200, abs=1) for _, cell in row.cells)


def test_a_refused_photo_says_why():
    row = row_of("dot", np.zeros((4, 4, 3), np.uint8), 50)
    assert "too small" in row.cells[1][1]


def test_the_picture_is_the_page_without_margins(page):
    picture = picture_of(page, 300)
    assert picture[20:-20, :2].mean() < 100
    assert picture[2:-2, 2:-2].max() == 255


def test_a_folder_becomes_a_sheet(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("no photo")
    (tmp_path / "broken.jpg").write_text("no photo either")
    Image.open(PHOTOS / "coffee.jpg").resize((90, 60)).save(tmp_path / "cup.png")
    call_command("contact_sheet", tmp_path, "-o", tmp_path / "out.jpg", "--cell", "120")
    printed = capsys.readouterr()
    assert "Rows: 1, on" in printed.out
    assert "broken.jpg cannot be read" in printed.err
    with Image.open(tmp_path / "out.jpg") as sheet:
        assert sheet.width == 4 * (120 + GAP_PX)


def test_what_cannot_be_made_is_refused_first(tmp_path):
    for folder, output, words in [
        (tmp_path, "sheet.gif", "not as"),
        (tmp_path / "none", "sheet.png", "no folder"),
        (tmp_path, "sheet.png", "no photos"),
    ]:
        with pytest.raises(CommandError, match=words):
            call_command("contact_sheet", folder, "-o", tmp_path / output)
