"""What is understood of typed ideas, in every language we speak."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generations.scenes import understand
from generations.scenes.idea import SEVERAL
from generations.scenes.words import MOST_WORDS, stem, words_of

SIXTY = tomllib.loads((Path(__file__).parent / "ideas.toml").read_text(encoding="utf-8"))
IDEAS = [
    (language, idea) for language, levels in SIXTY.items() for ideas in levels.values() for idea in ideas
]


def values(text: str) -> list[str]:
    return [wish.value for wish in understand(text).wishes]


def counts(text: str) -> list[int]:
    return [wish.count for wish in understand(text).wishes]


def test_there_are_more_than_sixty_in_every_language():
    assert {language: sum(map(len, levels.values())) for language, levels in SIXTY.items()} == {
        "en": 20,
        "de": 20,
        "fr": 20,
        "es": 6,
    }


@pytest.mark.parametrize(("language", "idea"), IDEAS)
def test_every_word_of_the_sixty_is_understood(language: str, idea: str):
    found = understand(idea)
    assert (found.language, found.unknown) == (language, ())
    assert found.known


@pytest.mark.parametrize(
    ("idea", "glyphs"),
    [
        ("a hedgehog flying a kite over our village", ["🦔", "🪁", "village"]),
        ("Ein Igel lässt einen Drachen über unserem Dorf steigen", ["🦔", "🪁", "village"]),
        ("un hérisson et un cerf-volant", ["🦔", "🪁"]),
        ("un erizo y una cometa", ["🦔", "🪁"]),
        ("three MICE, and Wolves!", ["🐁", "🐺"]),
        ("Häuser und Bäume", ["🏠", "trees"]),
        ("des chevaux et des oiseaux", ["🐎", "birds"]),
        ("unos niños con un perro", ["children", "🐕"]),
        ("herisson", ["🦔"]),  # without its accent
        ("🦔 loves 🪁", ["🦔", "🪁"]),
        ("l'éléphant", ["🐘"]),
        ("a Häschen", ["🐇"]),  # a word of another language
        ("a fire truck under the sea", ["🚒", "underwater"]),
        ("a red bus", ["🚌"]),  # colours are the child's
    ],
)
def test_words_become_things_places_and_groups(idea: str, glyphs: list[str]):
    assert values(idea) == glyphs


@pytest.mark.parametrize(
    ("idea", "expected"),
    [
        ("three ducks", [3]),
        ("3 ducks and 2 cats", [3, 2]),
        ("a duck", [1]),
        ("ducks", [SEVERAL]),
        ("drei Enten und ein Hund", [3, 1]),
        ("cinq lapins", [5]),
        ("siete gatos", [7]),
        ("99999999999999999999 ducks", [12]),
        ("0 ducks", [1]),
        ("some ducks", [SEVERAL]),
        ("many ducks", [5]),
        ("der Clown", [1]),
    ],
)
def test_how_many(idea: str, expected: list[int]):
    assert counts(idea) == expected


def test_how_big():
    assert [wish.size for wish in understand("a big dog and a small elephant").wishes] == [1.35, 0.72]


@pytest.mark.parametrize(
    ("idea", "relations"),
    [
        ("a cat on a sofa", [("on", 1), ("", -1)]),
        ("a cat and a dog in a boat", [("in", 2), ("in", 2), ("", -1)]),
        ("a rabbit under a tree", [("under", 1), ("", -1)]),
        ("a bear with a balloon", [("", -1), ("tied", 0)]),
        ("un lapin qui tient un ballon", [("", -1), ("tied", 0)]),
        ("a bear with a drum", [("", -1), ("held", 0)]),
        ("a bear with a tractor", [("", -1), ("", -1)]),
        ("a tractor with a drum", [("", -1), ("", -1)]),
        ("a bear eating an apple", [("", -1), ("held", 0)]),
        ("a girl reading", [("", -1), ("held", 0)]),
        ("ein Mädchen, das ein Buch liest", [("", -1), ("held", 0)]),
        ("un oso come un helado", [("", -1), ("held", 0)]),
        ("a bear with three apples", [("", -1), ("", -1)]),
        ("a cat behind a dog", [("behind", 1), ("", -1)]),
    ],
)
def test_how_things_stand_to_each_other(idea: str, relations: list[tuple[str, int]]):
    assert [(wish.relation, wish.beside) for wish in understand(idea).wishes] == relations


@pytest.mark.parametrize(
    ("idea", "aloft"),
    [
        ("a flying pig", [True]),
        ("ein fliegendes Schwein", [True]),
        ("a cow over the house", [True, False]),
        ("a hedgehog flying a kite", [False, False]),
    ],
)
def test_who_is_in_the_air(idea: str, aloft: list[bool]):
    assert [wish.aloft for wish in understand(idea).wishes] == aloft


def test_what_is_not_known_is_named_as_it_was_typed():
    found = understand("a Quux and a cat near the quibble, quibble")
    assert (found.known, found.unknown) == (("cat",), ("Quux", "quibble"))


@pytest.mark.parametrize(
    "word", ["gun", "knife", "cigarette", "beer", "wine", "Bombe", "pistolet", "middle finger"]
)
def test_what_is_not_for_children_is_not_known(word: str):
    assert values(word) == []


def test_a_word_of_several_languages_is_the_readers_own():
    assert values("chat") == ["🐈"]  # French: English would be a speech bubble, which we do not draw
    assert understand("sol", "es").language == "es"


def test_small_things_in_german_go_back_to_their_word():
    assert stem("Kätzchen", "de") == stem("Katze", "de")
    assert stem("Häuser", "de") == stem("Haus", "de")


@settings(max_examples=150, deadline=2000)
@given(st.text(max_size=800) | st.text("🦔🪁\u200d\ufe0f<>&'\"\u202e \u0300٣①²a", max_size=800))
def test_any_text_is_understood_or_not_in_bounded_time(text: str):
    found = understand(text)
    assert len(found.wishes) + len(found.unknown) <= MOST_WORDS


def test_the_longest_idea_takes_little_time():
    started = time.process_time()
    understand("a b " * 200)
    understand("Donaudampfschifffahrtsgesellschaft " * 22)
    assert time.process_time() - started < 1
    assert len(words_of("a " * 400)) == MOST_WORDS
