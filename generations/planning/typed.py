"""What is typed beside the topic of a set, understood: for whom, what for, what it must say."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from generations.modes.page import Complexity
from generations.scenes.words import folded

BEFORE_SCHOOL = 5  # years: the first class is a year older
OLDEST = {"simple": 6, "standard": 10}  # years
YEARS = re.compile(
    r"(\d{1,2})(?:\s*(?:-|–|to|bis|et|und|and|à|a|y)\s*(\d{1,2}))?[\s-]*(?:year|jahr|jähr|ans\b|años)"
)
BULLETS = "-–•*·0123456789). \t"


def age_of(audience: str, topic: str = "") -> float | None:
    """How old they are for whom it is, in years, in the middle of a range; None where neither says so."""
    ages = _years_in(audience) or _ages_in(audience) or _years_in(topic)
    return sum(ages) / len(ages) if ages else None


def complexity_for(age: float | None) -> Complexity | None:
    """How much is drawn for them, unless somebody chooses."""
    if age is None:
        return None
    if age <= OLDEST["simple"]:
        return "simple"
    return "standard" if age <= OLDEST["standard"] else "detailed"


def usual_for(audience: str, topic: str) -> dict[str, str]:
    """The parameters that follow from for whom it is."""
    complexity = complexity_for(age_of(audience, topic))
    return {"complexity": complexity} if complexity else {}


def is_audience(words: str) -> bool:
    """Whether anything of it is understood."""
    return bool(_ages_in(words) or _begin(words, _typed()["anybody"]["words"]))


def purpose_of(words: str) -> str:
    """The purpose that is named first, as words.toml knows it; "" for none."""
    found = {name: _begin(words, beginnings) for name, beginnings in _typed()["purposes"].items()}
    named = [name for name, places in found.items() if places]
    return min(named, key=lambda name: found[name][0], default="")


def points_of(key_points: str) -> list[str]:
    """What it must say, one by one: lines, sentences, or what stands between commas."""
    parts = re.split(r"[\n;,]|[.!?](?:\s|$)", key_points)
    plain = (part.strip().lstrip(BULLETS).strip() for part in parts)
    return list(dict.fromkeys(part for part in plain if part))


def _years_in(text: str) -> list[int]:
    """Numbers that are called years."""
    return [int(age) for found in YEARS.findall(text.lower()) for age in found if age]


def _ages_in(audience: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d{1,2}", audience)]
    school = _typed()["school"]
    if _begin(audience, school["class"]):
        ordinals = [
            int(year) for year, words in school.items() if year != "class" and _begin(audience, words)
        ]
        return [BEFORE_SCHOOL + year for year in dict.fromkeys([*numbers, *ordinals])]
    return numbers or [int(age) for age, words in _typed()["ages"].items() if _begin(audience, words)]


def _begin(text: str, beginnings: str) -> list[int]:
    """Which words of a text begin so."""
    words = re.findall(r"[\w-]+", folded(text))
    return [place for place, word in enumerate(words) if word.startswith(tuple(beginnings.split()))]


@cache
def _typed() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("typed.toml").read_text(encoding="utf-8"))
