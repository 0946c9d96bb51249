"""A topic becomes a series of ideas that can all be drawn: who is in it alone, where they are, and with whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Literal

from generations.scenes.cast import animals_at, choice, data
from generations.scenes.idea import Idea, Wish, understand
from generations.scenes.names import names, there
from generations.scenes.things import THINGS

Kind = Literal["whole", "alone", "there", "together", "said"]
Key = tuple[str, str]  # kind and value of a wish
LONGEST_NAME = 2  # words
AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
# Where the series goes on when nothing nearer is known, by what somebody stands on.
PLACES = {"sea": "underwater", "water": "lake", "sky": "sky", "high": "night", "road": "city"}
USUAL_PLACES = ("garden", "forest", "meadow", "playground", "party", "beach", "winter", "night")
USUAL_COMPANY = ("🐕", "🐈", "🦋", "🐇", "🐢", "🐦", "🌻", "🦔", "🐘", "🐒")


@dataclass(frozen=True)
class Part:
    """One idea of a series. `words` are understood whole; `kind` says how it came about."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Series:
    parts: tuple[Part, ...]
    idea: Idea  # what was understood of the topic


def series(topic: str, count: int, first_language: str = "en") -> Series:
    """`count` different ideas about a topic, each of which is drawn whole; none where nothing of it is understood.

    The same words give the same series.
    """
    idea = understand(topic, first_language)
    if not idea.wishes:
        return Series((), idea)
    holding = {part.words: part for part in _parts(idea) if _holds(part, idea.language)}
    return Series(tuple(islice(holding.values(), count)), idea)


def said(point: str, topic: Idea) -> Part | None:
    """What is understood of something that a series must say, with what the series is about; None where nothing is."""
    idea = understand(point, topic.language)
    if not idea.wishes:
        return None
    named = {(wish.kind, wish.value) for wish in idea.wishes}
    hero = next((wish for wish in topic.wishes if wish.kind == "thing"), None)
    with_hero = [hero.words] if hero and (hero.kind, hero.value) not in named else []
    return Part("said", _joined([*with_hero, *idea.known], topic.language))


def _parts(idea: Idea) -> Iterator[Part]:
    """More than anybody asks for, the nearest to the topic first."""
    named = [("place", wish.value) for wish in idea.wishes if wish.kind == "place"]
    subjects = _called(_subjects(idea.wishes), idea)
    places = _called([*named, *_homes(subjects)], idea)
    company = _called(_company(places, subjects), idea)
    yield from _whole(idea)
    if named:
        yield from (_at(idea, one, place) for place in named for one in subjects)
    elif len(subjects) > 1:
        yield from (_part("alone", idea, one) for one in subjects)
    elsewhere = (_at(idea, one, place) for place in places for one in subjects[:3])
    together = (_part("together", idea, one, other) for other in company for one in subjects[:2])
    mixed = chain.from_iterable(zip_longest(elsewhere, together))
    yield from (part for part in mixed if part)


def _whole(idea: Idea) -> Iterator[Part]:
    """The topic itself, as it was typed; words for many things at once have no picture of their own."""
    if words := dict.fromkeys(wish.words for wish in idea.wishes if wish.kind != "group"):
        yield Part("whole", _joined(list(words), idea.language))


def _called(keys: Iterable[Key], idea: Idea) -> list[Key]:
    """Those that have a short name in this language, each once: "umbrella on ground" is no title."""
    called = names(idea.language)
    return [key for key in dict.fromkeys(keys) if key in called and called[key].count(" ") < LONGEST_NAME]


def _subjects(wishes: Sequence[Wish]) -> Iterator[Key]:
    """The things that a topic is about: those that it names, of a group some, at a place those that belong there."""
    places = [data("places")[wish.value] for wish in wishes if wish.kind == "place"]
    named = [glyph for wish in wishes for glyph in choice(wish, animals_at(places))]
    there = [glyph for place in places for glyph in (*place["must"], *place["may"])]
    return (("thing", glyph) for glyph in named or there)


def _homes(subjects: Sequence[Key]) -> Iterator[Key]:
    """Places where the first of them are at home, then any."""
    glyphs = [glyph for _kind, glyph in subjects[:2]]
    homes = (name for name, place in data("places").items() if {*glyphs} & {*place["must"], *place["may"]})
    natural = (PLACES[THINGS[glyph].place] for glyph in glyphs if THINGS[glyph].place in PLACES)
    return (("place", name) for name in (*homes, *natural, *USUAL_PLACES))


def _company(places: Sequence[Key], subjects: Sequence[Key]) -> list[Key]:
    """Who else is where the topic is at home, then others."""
    there = chain.from_iterable(data("places")[name]["may"] for _kind, name in places[:2])
    others = [("thing", glyph) for glyph in (*there, *USUAL_COMPANY)]
    return [key for key in others if key not in subjects[:2]]


def _at(idea: Idea, thing: Key, place: Key) -> Part:
    """A thing at a place, said as people say it where that is understood."""
    if said := there(idea.language).get(place[1]):
        return Part("there", f"{_start(names(idea.language)[thing])} {said}")
    return _part("there", idea, thing, place)


def _part(kind: Kind, idea: Idea, *keys: Key) -> Part:
    called = names(idea.language)
    return Part(kind, _joined([called[key] for key in keys], idea.language))


def _joined(words: Sequence[str], language: str) -> str:
    *first, last = words
    return _start(f"{', '.join(first)} {AND[language]} {last}" if first else last)


def _start(words: str) -> str:
    """As a title begins."""
    return words[:1].upper() + words[1:]


def _holds(part: Part, language: str) -> bool:
    """Whether it is understood whole, so that nothing of it is missing on the page."""
    idea = understand(part.words, language)
    return bool(idea.wishes) and not idea.unknown
