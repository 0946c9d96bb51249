"""What things and places are called, with their accents: as we write them, or the first name in a language's own list."""

import tomllib
from collections.abc import Mapping
from functools import cache

from generations.scenes.lexicon import lexicon
from generations.scenes.things import DATA, THINGS

NOUNS_ARE_CAPITAL = frozenset({"de"})
SECTIONS = {"things": "thing", "places": "place"}


@cache
def names(language: str) -> Mapping[tuple[str, str], str]:
    """(kind, value) of a wish -> its name. KeyError for a language that we do not speak.

    What our own list leaves to Unicode's is called as our tables spell it: without accents.
    """
    kinder = {("thing", glyph): name for glyph, name in _written()[language]["things"].items()}
    return {**_plain(language), **_own(language), **kinder}


def there(language: str) -> Mapping[str, str]:
    """Place -> how it is said behind a thing: "in the garden". Not every place has it."""
    return _written()[language]["there"]


@cache
def _written() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))


def _own(language: str) -> dict[tuple[str, str], str]:
    own = tomllib.loads((DATA / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        (kind, value): _named(words.split(), language)
        for section, kind in SECTIONS.items()
        for value, words in own[section].items()
        if kind == "place" or value in THINGS
    }


def _plain(language: str) -> dict[tuple[str, str], str]:
    """The shortest of the words of each thing."""
    words = sorted(lexicon(language).exact.items(), key=lambda entry: (-len(entry[0]), entry[0]))
    return {
        (meaning.kind, meaning.value): _named([word], language)
        for word, meaning in words
        if meaning.kind == "thing"
    }


def _named(words: list[str], language: str) -> str:
    """A single word, where there is one: the others may be as in "on the moon"."""
    name = next((word for word in words if "_" not in word), words[0]).replace("_", " ")
    return name.title() if language in NOUNS_ARE_CAPITAL else name
