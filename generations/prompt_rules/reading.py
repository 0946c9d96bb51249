"""Reads a list of rules and looks for what it names in a text. The file's own head says how it is written."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generations.prompt_rules.plain import plain

HARMLESS = "harmless"
STANDARD = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True)
class Rule:
    """Every one of `parts` must be found for it to object."""

    kind: str
    parts: tuple[re.Pattern[str], ...]

    def found_in(self, words: str) -> str:
        """The word that was found first, "" where the rule has nothing to say."""
        hits = [part.search(words) for part in self.parts]
        return hits[0][0] if hits[0] and all(hits) else ""


@dataclass(frozen=True)
class Rules:
    harmless: re.Pattern[str]
    rules: tuple[Rule, ...]

    def objection(self, text: str) -> str:
        """The first word of `text` (in plain spelling) that does not belong here, or ""."""
        words = self.harmless.sub("-", plain(text))
        return next((word for rule in self.rules if (word := rule.found_in(words))), "")


@cache
def rules_in(path: Path = STANDARD) -> Rules:
    """The rules of a file, read once a process. Raises ValueError with the place of what cannot be read, OSError."""
    kinds = tomllib.loads(path.read_text(encoding="utf-8"))
    harmless = [phrase for kind in kinds for phrase in _listed(kinds, kind, HARMLESS)]
    rules = [
        Rule(kind, tuple(_pattern(part) for part in entry.split("&")))
        for kind, languages in kinds.items()
        for language in languages
        if language != HARMLESS
        for entry in _listed(kinds, kind, language)
    ]
    return Rules(_pattern("|".join(harmless)), tuple(rules))


def _listed(kinds: Mapping[str, object], kind: str, language: str) -> list[str]:
    languages = kinds[kind]
    entries = languages.get(language, []) if isinstance(languages, Mapping) else None
    if not isinstance(entries, list) or not all(
        isinstance(entry, str) and entry.strip() for entry in entries
    ):
        raise ValueError(f"[{kind}] {language}: a list of words in quotes is wanted here")
    return entries


def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_alternatives(part.split('|')))})(?!\w)")


def _alternatives(phrases: Iterable[str]) -> list[str]:
    """Each phrase as an expression; one that matches nothing where there is none."""
    written = [phrase.strip() for phrase in phrases if phrase.strip()]
    return [" ".join(_word(word) for word in phrase.split()) for phrase in written] or [r"(?!)"]


def _word(word: str) -> str:
    return re.escape(plain(word)) + (r"\w*" if word.endswith("*") else "")
