"""What words mean, by language: tables made by `build/words.py` from Unicode's CLDR annotations and our own word lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generations.scenes.things import DATA
from generations.scenes.words import LANGUAGES

# What a word can be: a thing, place or group to draw; or it says how many, how big, where; or nothing (stop, colour).
DRAWN = frozenset({"thing", "place", "group"})


@dataclass(frozen=True)
class Meaning:
    """`kind` as above or `number`, `size`, `relation`, `singular`, `some`; `value` depends on it."""

    kind: str
    value: str


@dataclass(frozen=True)
class Lexicon:
    """One language: meanings by exact words and by stems; keys are folded, several words are joined by spaces."""

    exact: Mapping[str, Meaning]
    stems: Mapping[str, Meaning]


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language. KeyError for one that we do not speak."""
    tables: dict[str, dict[str, Meaning]] = {"=": {}, "~": {}}
    for line in (DATA / "words" / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        table, word, kind, value = line.split("\t")
        tables[table][word] = Meaning(kind, value)
    return Lexicon(tables["="], tables["~"])


def lexicons(first: str = "en") -> dict[str, Lexicon]:
    """All languages, with `first` before the others."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    return {language: lexicon(language) for language in order}
