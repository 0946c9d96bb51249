"""A topic becomes a series of different ideas, each of which is drawn whole."""

import pytest

from generations.scenes import understand
from generations.scenes.composer import compose_scene
from generations.scenes.names import names, there
from generations.scenes.scene_file import dump_scene, load_scene
from generations.scenes.series import series
from generations.scenes.words import LANGUAGES

TOPICS = {
    "en": (
        "life cycle of a frog, for 6 year olds",
        "animals on the farm",
        "dinosaurs in space",
        "vegetables",
    ),
    "de": ("Tiere auf dem Bauernhof", "Lebenszyklus eines Schmetterlings", "der Mond"),
    "fr": ("une princesse et un dragon", "le cycle de vie de la grenouille"),
    "es": ("animales en el bosque", "un barco y un pirata"),
}
ALL = [(topic, language) for language, topics in TOPICS.items() for topic in topics]


@pytest.mark.parametrize(("topic", "language"), ALL)
def test_ten_different_ideas_each_understood_whole(topic: str, language: str):
    found = series(topic, 10, language)
    words = [part.words for part in found.parts]
    assert len(set(words)) == len(words) == 10
    ideas = [understand(text, language) for text in words]
    assert all(idea.wishes and not idea.unknown for idea in ideas)
    assert len({idea.wishes for idea in ideas}) == 10


@pytest.mark.parametrize(("topic", "language"), ALL)
def test_no_more_than_asked_for_and_always_the_same(topic: str, language: str):
    assert series(topic, 3, language) == series(topic, 3, language)
    assert len(series(topic, 3, language).parts) == 3


def test_a_life_cycle_is_no_bicycle():
    found = series("life cycle of a frog", 4)
    assert found.parts[0].words == "Frog"
    assert all("Frog" in part.words for part in found.parts)


def test_animals_of_a_place_are_those_that_live_there():
    words = " ".join(part.words for part in series("animals on the farm", 6).parts)
    assert "Cow" in words
    assert "Elephant" not in words


@pytest.mark.parametrize("topic", ["animales del mar", "Tiere im Meer", "les animaux de la mer"])
def test_animals_of_the_sea_swim(topic: str):
    words = " ".join(part.words for part in series(topic, 6).parts).lower()
    assert any(name in words for name in ("delfín", "delfin", "dauphin"))
    assert not any(name in words for name in ("perro", "hund", "chien"))


def test_the_language_is_the_topics_own():
    assert series("Hund und Katze", 2, "en").parts[0].words == "Hund und Katze"


def test_nothing_known_is_no_series():
    found = series("quantum physics for beginners", 5)
    assert found.parts == ()
    assert "quantum" in found.idea.unknown


def test_emoji_are_a_topic_too():
    assert len(series("🐸 🦋", 5).parts) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_have_names_with_their_accents(language: str):
    called = names(language)
    assert called["thing", "🦁"] == {"en": "lion", "de": "Löwe", "fr": "lion", "es": "león"}[language]
    assert (
        called["place", "forest"] == {"en": "forest", "de": "Wald", "fr": "forêt", "es": "bosque"}[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_and_place_is_understood_as_what_it_stands_for(language: str):
    called = names(language)
    bear = called["thing", "🐻"]
    for place, said in there(language).items():
        idea = understand(f"{bear} {said}", language)
        assert [(wish.kind, wish.value) for wish in idea.wishes] == [("thing", "🐻"), ("place", place)]
        assert idea.unknown == ()


def test_titles_read_as_people_say_them():
    words = [part.words for part in series("life cycle of a frog", 5).parts]
    assert words[:3] == ["Frog", "Frog in the garden", "Frog and butterfly"]
    assert series("Tiere im Wald", 3).parts[1].words == "Igel im Wald"


@pytest.mark.parametrize("words", ["Dinosaur in space", "Frog in the garden"])
def test_what_is_drawn_is_laid_out_again_from_its_file(words: str):
    """The dinosaur has a line of a single point."""
    scene = compose_scene(understand(words), "simple", 0)
    assert dump_scene(load_scene(dump_scene(scene))) == dump_scene(scene)
