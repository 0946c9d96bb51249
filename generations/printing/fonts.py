"""Open Sans for print, as CSS that carries the font files inside itself."""

import io
from base64 import b64encode
from functools import cache
from pathlib import Path

_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_WEIGHTS = (400, 600)
# One family a script: WeasyPrint takes no notice of unicode-range and would keep one file of a family.
_FAMILY_OF_SUBSET = {
    "latin": "Open Sans",
    "latin-ext": "Open Sans Extended",
    "cyrillic": "Open Sans Cyrillic",
    "greek": "Open Sans Greek",
}
FAMILIES = ", ".join(f'"{family}"' for family in _FAMILY_OF_SUBSET.values())


def _opened(packed: Path) -> bytes:
    """A WOFF2 file as TrueType. WeasyPrint would unpack it for every page anew: 20 ms a file."""
    from fontTools.ttLib import woff2

    target = io.BytesIO()
    woff2.decompress(io.BytesIO(packed.read_bytes()), target)
    return target.getvalue()


def _face(subset: str, weight: int) -> str:
    data = b64encode(_opened(_FONTS / f"open-sans-{subset}-{weight}.woff2")).decode()
    return (
        f'@font-face {{ font-family: "{_FAMILY_OF_SUBSET[subset]}"; font-weight: {weight};'
        f' src: url("data:font/ttf;base64,{data}") format("truetype"); }}'
    )


@cache
def font_faces() -> str:
    """@font-face rules of every script and weight used in print, made once, about 500 kB."""
    return "\n".join(_face(subset, weight) for subset in _FAMILY_OF_SUBSET for weight in _WEIGHTS)
