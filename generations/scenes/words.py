"""Words of a typed idea, as they are looked up: split, without accents, by their stems."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Protocol

from generations.scenes.things import GLYPHS

LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}
MOST_WORDS = 200  # an idea has at most 800 characters; this bounds the work whatever they are
DIMINUTIVES = ("chen", "lein")
_EMOJI = "|".join(sorted(map(re.escape, GLYPHS), key=len, reverse=True))
_TOKEN = re.compile(rf"{_EMOJI}|\d+|[^\W\d_]+")
_IGNORED = str.maketrans("", "", "\ufe0e\ufe0f\u200b\u200c\u00ad")


class Stemmer(Protocol):
    """The part of snowballstemmer that we use."""

    def stemWord(self, word: str) -> str: ...


def words_of(text: str) -> list[str]:
    """Words, numbers and drawable emoji of a text in their order, as they were typed; at most MOST_WORDS."""
    found = _TOKEN.finditer(unicodedata.normalize("NFC", text).translate(_IGNORED))
    return [match[0] for match, _ in zip(found, range(MOST_WORDS), strict=False)]


def folded(word: str) -> str:
    """A word in lower case, without accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=10_000)  # the names of things come again and again while a series is made up
def stem(word: str, language: str) -> str:
    """What a word has in common with its other forms (Porter's Snowball stemmers, 2001), folded."""
    lower = word.casefold()
    if language == "de":
        lower = _without_diminutive(lower)
    return folded(_stemmer(language).stemWord(lower))


def key(words: Iterable[str]) -> str:
    """One or more words as a key of a lexicon."""
    return " ".join(words)


def _without_diminutive(word: str) -> str:
    """Kätzchen -> katz: German's small things, back to the word they come from."""
    for ending in DIMINUTIVES:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return folded(word[: -len(ending)])
    return word


@cache
def _stemmer(language: str) -> Stemmer:
    import snowballstemmer  # all its languages: a third of a second that only a typed idea should wait for

    stemmer: Stemmer = snowballstemmer.stemmer(LANGUAGES[language])
    return stemmer
