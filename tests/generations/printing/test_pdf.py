"""The PDF has the exact paper size, vector lines in the right place, black on white, and our words as text."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generations.lineart.page import Rectangle
from generations.printing import PrintingFailed, PrintPage, render_pdf, room_for_text, words
from generations.printing.pages import one_line
from tests.generations.printing.paper import A4, LETTER, line_sheet, pixels_of, poppler, text_of, wavy_sheet

MM = 72 / 25.4
ROOT = Path(__file__).resolve().parents[3]
WORDS = {
    "title": "Łódź — Кошка Γάτα Ærø",
    "child_name": "Zoë Ångström",
    "footer": "Made with Scribblemachine",
}


def page(svg: str, sheet: tuple[float, float] = A4, margin: float = 10.0, **texts: str) -> PrintPage:
    """A sheet with words inside its margins."""
    area = Rectangle(margin, margin, sheet[0] - 2 * margin, sheet[1] - 2 * margin)
    return PrintPage(svg, words(area, **texts))


@pytest.fixture(scope="module")
def a4() -> bytes:
    return render_pdf([page(wavy_sheet(*A4), **WORDS)], *A4)


@pytest.mark.parametrize(
    "sheet", [A4, A4[::-1], LETTER, LETTER[::-1]], ids=["A4", "A4-wide", "Letter", "Letter-wide"]
)
def test_the_page_has_exactly_the_size_of_the_paper(sheet: tuple[float, float]) -> None:
    told = poppler("pdfinfo", render_pdf([PrintPage(wavy_sheet(*sheet, paths=3))], *sheet), "-").decode()
    width, height = map(float, re.findall(r"Page size: +([\d.]+) x ([\d.]+) pts", told)[0])
    assert (width / MM, height / MM) == pytest.approx(sheet, abs=0.01)


def test_lines_are_vectors(a4: bytes) -> None:
    assert len(poppler("pdfimages", a4, "-list", "-").splitlines()) == 2  # the head of an empty table


def test_everything_is_black_on_white(a4: bytes) -> None:
    smooth = pixels_of(a4, 100).astype(int)
    assert int(np.ptp(smooth, axis=2).max()) == 0
    hard = pixels_of(a4, 150, "-aa", "no", "-aaVector", "no")
    assert set(np.unique(hard)) == {0, 255}


def test_a_line_lies_where_it_was_drawn_and_as_wide(a4: bytes) -> None:
    page = pixels_of(render_pdf([PrintPage(line_sheet(*A4))], *A4), 254, "-aaVector", "no")[:, :, 0]
    rows, columns = np.nonzero(page < 128)
    assert (columns.min() / 10, (columns.max() + 1) / 10) == pytest.approx((49, 51), abs=0.15)
    assert (rows.min() / 10, (rows.max() + 1) / 10) == pytest.approx((40, 200), abs=0.15)


def test_words_stand_as_text_in_our_own_font(a4: bytes) -> None:
    text = text_of(a4)
    assert all(words in text for words in WORDS.values())
    fonts = poppler("pdffonts", a4, "-").decode().splitlines()[2:]
    assert fonts
    assert all("Open-Sans" in font for font in fonts)


@pytest.mark.parametrize(("sheet", "margin"), [(A4, 10.0), (LETTER, 6.35)], ids=["A4", "Letter"])
def test_words_stay_in_the_room_left_for_them(sheet: tuple[float, float], margin: float) -> None:
    long = dict.fromkeys(WORDS, "Ĝoyfully ÿ " * 9)
    ink = pixels_of(render_pdf([page(line_sheet(*sheet), sheet, margin, **long)], *sheet), 254).copy()
    ink[400:2000] = 255  # the line of the drawing
    rows, columns = np.nonzero(ink[:, :, 0] < 128)
    header, footer = room_for_text(**long)
    middle = (rows > (margin + header) * 10) & (rows < (sheet[1] - margin - footer) * 10)
    assert not middle.any()
    assert rows.min() >= margin * 10 - 5
    assert columns.min() >= margin * 10 - 5
    assert columns.max() <= (sheet[0] - margin) * 10 + 5


def test_no_words_need_no_room() -> None:
    assert room_for_text() == (0, 0)
    assert room_for_text(title="  ", child_name="Zoë")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        "<img src=file:///etc/passwd>",
        "<link href=http://127.0.0.1>",
        "</style><style>@import 'x'",
        "{{ settings.SECRET_KEY }}",
        "url(data:image/svg+xml,x)",
        "Tom &amp; Jerry & <friends> 'of' \"Spike\"",
    ],
)
def test_words_are_printed_letter_by_letter(words: str) -> None:
    pdf = render_pdf([page(line_sheet(*A4), title=words, child_name=words, footer=words)], *A4)
    assert text_of(pdf).count(words) == 3


def test_a_long_title_is_set_smaller_and_not_cut() -> None:
    title = "The hedgehog who flew a kite over our village until it was dark outside"
    assert title in text_of(render_pdf([page(line_sheet(*A4), title=title)], *A4))


def test_endless_words_stay_on_one_sheet() -> None:
    pdf = render_pdf([page(line_sheet(*A4), title="long " * 20_000, footer="\n\x00\u202e" * 999)], *A4)
    assert re.search(r"Pages: +1\n", poppler("pdfinfo", pdf, "-").decode())
    assert "long long" in text_of(pdf)
    assert len(one_line("long " * 20_000)) == 160


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "ftp://localhost/x"])
def test_a_drawing_that_fetches_something_is_not_printed(address: str) -> None:
    svg = line_sheet(*A4).replace("<path", f'<image href="{address}" width="9" height="9"/><path')
    with pytest.raises(PrintingFailed):
        render_pdf([PrintPage(svg)], *A4)


def test_a_picture_file_beside_the_drawing_is_not_read(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "face.png")
    address = (tmp_path / "face.png").as_uri()
    with pytest.raises(PrintingFailed):
        render_pdf([PrintPage(line_sheet(*A4).replace("<path", f'<image href="{address}"/><path'))], *A4)


@pytest.mark.parametrize("svg", ["", "no svg", line_sheet(*A4)[:-9]])
def test_a_broken_drawing_is_not_an_empty_sheet(svg: str) -> None:
    with pytest.raises(PrintingFailed):
        render_pdf([PrintPage(svg)], *A4)


def test_a_pdf_needs_a_page() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        render_pdf([], *A4)


def test_many_pages_keep_their_order_size_and_words() -> None:
    pages = [page(wavy_sheet(*A4, paths=3), title=f"Page {number}") for number in (1, 2, 3)]
    pdf = render_pdf(pages, *A4)
    assert re.findall(r"Page \d", text_of(pdf)) == ["Page 1", "Page 2", "Page 3"]
    assert "Page size:       595.276 x 841.89 pts (A4)" in poppler("pdfinfo", pdf, "-").decode()


def test_without_pango_printing_is_unavailable_and_nothing_else_breaks() -> None:
    script = (
        "import cffi\n"
        "def missing(*_): raise OSError('cannot load library libpango')\n"
        "cffi.FFI.dlopen = missing\n"
        "from generations.printing import PrintingUnavailable\n"
        "from generations.printing.pdf import load_weasyprint\n"
        "try: load_weasyprint()\n"
        "except PrintingUnavailable as error: print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "SERVICE_UNAVAILABLE"


def test_the_heavy_library_is_not_imported_before_it_is_needed() -> None:
    script = "import generations.printing, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
