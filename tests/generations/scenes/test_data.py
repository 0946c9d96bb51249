"""The vocabulary: whole, fit for children, small, and with its licences."""

import tomllib
from typing import Any

import pytest

from generations.scenes.backdrops import BACKDROPS
from generations.scenes.bodies import BODIES, figure_parts
from generations.scenes.dressing import INSIDE, SKIES
from generations.scenes.lexicon import lexicon
from generations.scenes.things import DATA, THINGS
from generations.scenes.words import LANGUAGES, folded, key, words_of

PLACES, GROUPS, UNFIT = (
    tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("places", "groups", "unfit")
)


def own_words(language: str) -> dict[str, Any]:
    return tomllib.loads((DATA / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def test_every_thing_has_its_outlines():
    for glyph in THINGS:
        parts = figure_parts(glyph)
        assert any(part.covers for part in parts), glyph
        assert any(part.strokes for part in parts), glyph


def test_every_thing_stands_on_its_feet():
    for glyph in THINGS:
        bottom = max(part.box().bottom for part in figure_parts(glyph))
        assert abs(bottom) < 0.05, glyph


def test_bodies_and_places_of_things_are_known():
    assert {thing.body for thing in THINGS.values()} - {""} == set(BODIES)
    assert {thing.place for thing in THINGS.values()} == {
        "ground",
        "far",
        "sky",
        "high",
        "water",
        "sea",
        "floor",
        "road",
        "table",
        "indoors",
    }


def test_nothing_unfit_for_children_is_drawn():
    unfit = {glyph for glyphs in UNFIT.values() for glyph in glyphs}
    assert len(unfit) > 50
    assert unfit & set(THINGS) == set()


def test_places_and_groups_hold_things_we_have():
    for name, place in PLACES.items():
        assert {*place["must"], *place["may"]} <= set(THINGS), name
        assert place["must"] or place["may"], name
        assert place["ground"] in BACKDROPS, name
        assert place.get("sky", "day") in SKIES, name
    assert {glyph for glyphs in GROUPS.values() for glyph in glyphs} <= set(THINGS)
    assert set(INSIDE) <= set(BACKDROPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_language_mean_what_we_have(language: str):
    have = {"thing": set(THINGS), "place": set(PLACES), "group": set(GROUPS)}
    words = lexicon(language)
    for table in (words.exact, words.stems):
        for word, meaning in table.items():
            assert meaning.value in have.get(meaning.kind, {meaning.value}), word
    assert {meaning.value for meaning in words.exact.values() if meaning.kind == "place"} >= set(PLACES) - {
        "sky"
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_was_made_from_the_list(language: str):
    """Whoever edits a list runs `generations.scenes.build.words`."""
    exact, own = lexicon(language).exact, own_words(language)
    sections = [own[name] for name in ("things", "places", "groups", "relations")]
    listed = " ".join([*(words for section in sections for words in section.values()), own["stop"]])
    missing = [w for w in listed.split() if key(map(folded, words_of(w.replace("_", " ")))) not in exact]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_listed_for_one_thing_only(language: str):
    listed = [word for words in own_words(language)["things"].values() for word in words.split()]
    assert sorted(listed) == sorted(set(listed))


def test_licences_lie_beside_the_data_and_all_is_small():
    assert "SIL Open Font License" in (DATA / "OFL.txt").read_text()
    assert "UNICODE LICENSE V3" in (DATA / "UNICODE.txt").read_text()
    assert sum(file.stat().st_size for file in DATA.rglob("*") if file.is_file()) < 2_000_000
