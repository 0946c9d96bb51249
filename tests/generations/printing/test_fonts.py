"""The fonts of the site and of print are shipped, with their licence."""

import re
from pathlib import Path

from generations.printing.fonts import font_faces

FONTS = Path(__file__).resolve().parents[3] / "static" / "fonts"


def test_every_font_of_the_stylesheet_is_shipped() -> None:
    named = re.findall(r'url\("([^"]+)"\)', (FONTS / "open-sans.css").read_text())
    assert sorted(named) == sorted(path.name for path in FONTS.glob("*.woff2"))
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text()


def test_print_asks_for_no_file() -> None:
    assert set(re.findall(r'url\("(\w+):', font_faces())) == {"data"}
