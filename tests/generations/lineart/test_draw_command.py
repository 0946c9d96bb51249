import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from tests.conftest import PHOTOS

COFFEE = PHOTOS / "coffee.jpg"


def test_a_photo_becomes_an_svg_with_numbers_and_seconds(tmp_path, capsys):
    output = tmp_path / "page.svg"
    call_command("draw", COFFEE, "-o", output, "--complexity", "simple", "--line-thickness", "thick")
    printed = capsys.readouterr().out
    assert ET.parse(output).getroot().attrib["width"] == "297mm"
    assert 'stroke-width="30"' in output.read_text()
    assert re.search(r"^areas +\d+\.00$", printed, re.MULTILINE)
    assert re.search(r"^watershed +\d\.\d{3}$", printed, re.MULTILINE)
    assert re.search(r"^Ready to colour: \d+ areas to fill in\.$", printed, re.MULTILINE)


def test_a_png_on_letter_paper(tmp_path):
    output = tmp_path / "page.PNG"
    call_command("draw", COFFEE, "-o", output, "--complexity", "simple", "--paper", "letter")
    with Image.open(output) as image:
        assert image.size == (3300, 2550)


def test_another_kind_of_file_is_refused_before_anything_is_drawn(tmp_path):
    with pytest.raises(CommandError, match=r"\.svg, \.png, \.pdf, not as page\.gif"):
        call_command("draw", COFFEE, "-o", tmp_path / "page.gif")


def test_what_is_no_photo_is_refused(tmp_path):
    text = tmp_path / "photo.jpg"
    text.write_text("hello")
    with pytest.raises(CommandError, match="cannot be read as a photo"):
        call_command("draw", text, "-o", tmp_path / "page.svg")


def test_what_cannot_be_coloured_is_refused(tmp_path):
    dot = tmp_path / "dot.png"
    Image.fromarray(np.zeros((3, 3), np.uint8)).save(dot)
    with pytest.raises(CommandError, match="too small"):
        call_command("draw", dot, "-o", tmp_path / "page.svg")
    assert not (tmp_path / "page.svg").exists()


def test_a_pdf_of_one_sheet(tmp_path):
    output = tmp_path / "page.pdf"
    call_command("draw", COFFEE, "-o", output, "--complexity", "simple")
    assert output.read_bytes().startswith(b"%PDF-")
