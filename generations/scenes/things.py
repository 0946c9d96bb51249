"""What the composer can draw: each glyph and how it stands in a scene, from `data/things.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Thing:
    """A glyph. `place` and `body` as the data file says, `size` as the height of its square beside a child of 1."""

    glyph: str
    place: str
    size: float
    body: str
    kind: str = ""


@cache
def _things() -> dict[str, Thing]:
    kinds = tomllib.loads((DATA / "things.toml").read_text(encoding="utf-8"))["kind"]
    return {
        glyph: Thing(glyph, kind["place"], kind["size"], kind.get("body", ""), kind["name"])
        for kind in kinds
        for glyph in kind["glyphs"]
    }


THINGS = _things()
HULL = Thing("hull", "water", 1.6, "")  # our own boat for those who sit in one; no word names it
