"""Tables of words: python -m generations.scenes.build.words ANNOTATIONS

ANNOTATIONS is the folder `annotations` of the npm package cldr-annotations-full (Unicode licence v3, `data/UNICODE.txt`).
For each language, what `data/words/<language>.toml` says comes first, then the names of the glyphs, then keywords
that belong to at most MOST_SHARED of them. Writes `data/words/<language>.tsv`; the same input gives the same bytes.
"""

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generations.scenes.things import DATA, THINGS
from generations.scenes.words import LANGUAGES, folded, key, stem, words_of

MOST_SHARED = 2
LONGEST_PHRASE = 4  # words
Row = tuple[str, str, str, str]
Words = dict[str, Any]


def main(annotations: Path) -> None:
    for language in LANGUAGES:
        own = tomllib.loads((DATA / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        cldr = json.loads((annotations / language / "annotations.json").read_text(encoding="utf-8"))
        rows = table(language, own, cldr["annotations"]["annotations"])
        text = "".join("\t".join(row) + "\n" for row in rows)
        (DATA / "words" / f"{language}.tsv").write_text(text, encoding="utf-8")


def table(language: str, own: Words, cldr: Words) -> list[Row]:
    """Sorted rows: "=" (exact) or "~" (stems), the words, their kind and value. The first to claim a word keeps it."""
    meanings: dict[tuple[str, str], tuple[str, str]] = {}
    never = {stem(word, language) for word in own.get("never", "").split()}
    known = (row for row in cldr_keywords(language, cldr) if stem(row[1], language) not in never)
    for exact, phrase, kind, value in (*own_words(own), *cldr_names(cldr), *known):
        words = words_of(phrase)
        if not words or len(words) > LONGEST_PHRASE:
            continue
        if exact:
            meanings.setdefault(("=", key(map(folded, words))), (kind, value))
        meanings.setdefault(("~", key(stem(word, language) for word in words)), (kind, value))
    return sorted((*place, *meaning) for place, meaning in meanings.items())


def own_words(own: Words) -> Iterator[tuple[bool, str, str, str]]:
    """(exact, phrase, kind, value) for each word of a language's own list."""
    for kind in ("stop", "colours", "some", "singular"):
        for word in own[kind].split():
            yield True, _phrase(word), "stop" if kind == "colours" else kind, "-"
    for size in ("big", "small"):
        for word in own[size].split():
            yield True, _phrase(word), "size", size
    for word, number in own["numbers"].items():
        yield True, word, "number", str(number)
    for kind, section in (
        ("relation", "relations"),
        ("thing", "things"),
        ("place", "places"),
        ("group", "groups"),
    ):
        for value, words in own[section].items():
            for word in words.split():
                yield True, _phrase(word), kind, value
    yield from _irregular(own)


def _irregular(own: Words) -> Iterator[tuple[bool, str, str, str]]:
    """Plurals that no rule gives, as forms of their singular: never exact, so that they count as several."""
    singular = {word: glyph for glyph, words in own["things"].items() for word in words.split()}
    for plural, word in own["irregular"].items():
        if word in singular:
            yield False, plural, "thing", singular[word]


def cldr_names(cldr: Words) -> Iterator[tuple[bool, str, str, str]]:
    for glyph, words in _annotated(cldr):
        yield True, words["tts"][0].split(":")[0], "thing", glyph


def cldr_keywords(language: str, cldr: Words) -> Iterator[tuple[bool, str, str, str]]:
    """Keywords that say clearly enough which glyph is meant."""
    shared: Counter[str] = Counter()
    annotated = [(glyph, list(words["default"])) for glyph, words in _annotated(cldr)]
    for _glyph, keywords in annotated:
        shared.update({key(stem(word, language) for word in words_of(text)) for text in keywords})
    for glyph, keywords in annotated:
        for text in keywords:
            if shared[key(stem(word, language) for word in words_of(text))] <= MOST_SHARED:
                yield False, text, "thing", glyph


def _annotated(cldr: Words) -> list[tuple[str, Words]]:
    plain = {glyph.replace("\ufe0f", ""): words for glyph, words in cldr.items()}
    return [(glyph, plain[glyph]) for glyph in THINGS if glyph in plain]


def _phrase(word: str) -> str:
    return word.replace("_", " ")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
