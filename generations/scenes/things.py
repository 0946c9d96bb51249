"""What the composer can draw: each glyph and how it stands in a scene, from `data/things.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Thing:
    """A glyph. `place` and `body` as the data file says, `size` as the height of its square beside a child of 1."""

    glyph: str
    place: str
    size: float
    body: str
    kind: str = ""
    has_hands: bool = False
    is_handy: bool = False


@cache
def _things() -> dict[str, Thing]:
    kinds = tomllib.loads((DATA / "things.toml").read_text(encoding="utf-8"))["kind"]
    return {
        glyph: Thing(glyph, kind["place"], kind["size"], kind.get("body", ""), kind["name"], *_skills(kind))
        for kind in kinds
        for glyph in kind["glyphs"]
    }


def _skills(kind: dict[str, Any]) -> tuple[bool, bool]:
    return kind.get("hands", False), kind.get("handy", False)


# Our own, drawn in `vessels.py`; only the last is named by a word, the others are for those who sit in one or look out.
HULL = Thing("hull", "water", 1.6, "")
CABRIOLET = Thing("cabriolet", "road", 1.8, "")
OPEN_HOUSE = Thing("open house", "far", 2.2, "")
PIRATE_SHIP = Thing("pirate ship", "water", 2.3, "")
OURS = {thing.glyph: thing for thing in (HULL, CABRIOLET, OPEN_HOUSE, PIRATE_SHIP)}
GLYPHS = _things()  # those of the font
THINGS = GLYPHS | OURS
