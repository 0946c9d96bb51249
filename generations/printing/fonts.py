"""Open Sans for print, as CSS that carries the font files inside itself."""

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


def _face(subset: str, weight: int) -> str:
    data = b64encode((_FONTS / f"open-sans-{subset}-{weight}.woff2").read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{_FAMILY_OF_SUBSET[subset]}"; font-weight: {weight};'
        f' src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )


@cache
def font_faces() -> str:
    """@font-face rules of every script and weight used in print, about 150 kB."""
    return "\n".join(_face(subset, weight) for subset in _FAMILY_OF_SUBSET for weight in _WEIGHTS)
