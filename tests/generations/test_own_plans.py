"""What our own planner makes of everything that is typed: for whom, what for, what a set must say."""

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from generations.actions import submit
from generations.planning import own
from generations.planning.form import OwnPlan
from generations.planning.own import own_plan
from generations.planning.typed import age_of, complexity_for, points_of, purpose_of, usual_for
from generations.prompt_rules import rules_in
from generations.scenes import understand
from tests.factories import create_plan

FROG = "Life cycle of a frog"
TOPICS = {
    "en": FROG,
    "de": "Lebenszyklus eines Froschs",
    "fr": "le cycle de vie de la grenouille",
    "es": "una rana y sus amigos",
}
KINDS = ("whole", "alone", "there", "together")


def planned(topic: str = FROG, slides: int = 4, **typed: str) -> OwnPlan:
    plan = own_plan(topic, slides, "en", **typed)
    assert plan
    return plan


def captions(plan: OwnPlan) -> list[str]:
    return [slide.caption for slide in plan.slides]


# --- For whom -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "age", "complexity"),
    [("4-6", 5, "simple"), ("for 5 year olds", 5, "simple"), ("first class", 6, "simple"), ("2. Klasse", 7, "standard"),
     ("6 to 8", 7, "standard"), ("CE1, 7 ans", 7, "standard"), ("niños de 5 años", 5, "simple"),
     ("3. Klasse", 8, "standard"),
     ("Kindergarten", 5, "simple"), ("école maternelle", 4, "simple"), ("teenagers", 14, "detailed"),
     ("Erwachsene", 30, "detailed"), ("adultos", 30, "detailed"), ("my family", None, None), ("", None, None)],
)  # fmt: skip
def test_how_old_they_are_says_how_much_is_drawn(audience: str, age: float | None, complexity: str | None):
    assert (age_of(audience), complexity_for(age_of(audience))) == (age, complexity)


def test_a_topic_says_it_too_but_a_number_of_something_else_does_not():
    assert usual_for("", "life cycle of a frog, for 6 year olds") == {"complexity": "simple"}
    assert usual_for("", "Dinosaurier für 9-jährige Kinder") == {"complexity": "standard"}
    assert usual_for("", "3 ducks on a pond") == {}


@pytest.mark.django_db
def test_nobody_has_to_choose_it(alice: User, alice_client: Client, no_limits: None):
    plan = create_plan(alice, audience="4-6")
    page = alice_client.get(f"/sets/{plan.pk}/").content.decode()
    assert re.search(r'value="simple"[^>]* checked', page)
    told = alice_client.get(f"/api/v1/plans/{plan.pk}").json()["data"]
    assert told["complexity"] == "simple"
    wish = {"user": alice, "mode": "carousel", "photos": []}
    assert submit(params={}, plan=plan, **wish).params["complexity"] == "simple"


@pytest.mark.parametrize(
    ("params", "complexity"),
    [({"audience": "adults"}, "detailed"), ({"audience": "adults", "complexity": "simple"}, "simple"), ({}, "standard")],
)  # fmt: skip
def test_who_chooses_has_it_so(alice: User, params: dict[str, object], complexity: str):
    job = submit(user=alice, mode="carousel", params={"slides": 2, **params}, photos=[], prompt=FROG)
    assert job.params["complexity"] == complexity


@pytest.mark.parametrize("language", TOPICS)
def test_captions_for_the_youngest_are_short(language: str):
    young, usual = (planned(TOPICS[language], 8, audience=audience) for audience in ("5", "9"))
    assert max(len(words.split()) for words in captions(young)) <= 6
    assert sum(map(len, captions(young))) < sum(map(len, captions(usual)))


# --- What for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "name"),
    [("biology lesson", "learn"), ("zum Geburtstag", "party"), ("pour dormir", "calm"),
     ("un regalo para la abuela", "present"),
     ("our holidays at the sea", "trip"), ("because", "")],
)  # fmt: skip
def test_a_purpose_is_known(purpose: str, name: str):
    assert purpose_of(purpose) == name


@pytest.mark.parametrize("language", TOPICS)
def test_a_purpose_says_how_a_set_begins_and_ends(language: str):
    usual, lesson = (
        planned(TOPICS[language]),
        planned(TOPICS[language], purpose="Schule, school, école, escuela"),
    )
    assert usual.final_caption != lesson.final_caption
    assert captions(usual)[0] != captions(lesson)[0]


def test_every_language_has_all_words_and_they_are_for_children():
    words = tomllib.loads(Path(own.__file__).with_name("words.toml").read_text(encoding="utf-8"))
    for written in words.values():
        assert set(written["purposes"]) == {"learn", "party", "calm", "present", "trip"}
        texts = [text for kind in KINDS for text in (*written[kind], *written["short"][kind])]
        texts += [text for one in written["purposes"].values() for text in one.values()]
        assert all(0 < len(text) < 100 for text in texts)
        assert not any(rules_in().objection(text) for text in texts)


# --- What it must say -----------------------------------------------------------------------------------------------


def test_points_are_lines_sentences_or_what_stands_between_commas():
    assert points_of("- Eggs come first\n2. Then a tail. \n• legs; legs, lungs") == [
        "Eggs come first",
        "Then a tail",
        "legs",
        "lungs",
    ]
    assert points_of(" \n. ;") == []


@pytest.mark.parametrize(
    ("topic", "point", "shown"),
    [(FROG, "the butterfly is its friend", {"🐸", "🦋"}),
     (TOPICS["de"], "Bienen machen Honig", {"🐸", "🐝", "🍯"}),
     (TOPICS["fr"], "elle aime le papillon", {"🐸", "🦋"}),
     (TOPICS["es"], "la rana ve una flor", {"🐸"})],
)  # fmt: skip
def test_each_point_has_a_page_with_the_hero(topic: str, point: str, shown: set[str]):
    plan = planned(topic, key_points=point)
    slide = plan.slides[1]
    assert slide.caption == point[0].upper() + point[1:] + "."
    assert shown <= {wish.value for wish in understand(slide.image_prompt).wishes}
    assert point not in plan.not_drawn


def test_points_stay_in_their_order_and_the_rest_goes_on():
    plan = planned(slides=5, key_points="a butterfly comes\na snail is slow\nthe sun shines")
    assert captions(plan)[1:4] == ["A butterfly comes.", "A snail is slow.", "The sun shines."]
    assert [slide.title for slide in plan.slides][:2] == ["Frog", "Frog and butterfly"]
    assert len({slide.image_prompt for slide in plan.slides}) == 5


def test_what_cannot_be_drawn_is_said_on_another_page_and_named():
    plan = planned(audience="zork", purpose="gloop", key_points="photosynthesis, a butterfly comes")
    assert captions(plan)[:2] == ["Photosynthesis.", "A butterfly comes."]
    assert plan.not_drawn == ["zork", "gloop", "photosynthesis"]


def test_more_points_than_pages_are_named():
    plan = planned(slides=2, key_points="a butterfly\na snail\na bee")
    assert captions(plan) == ["A butterfly.", "A snail."]
    assert plan.not_drawn == ["a bee"]


@pytest.mark.django_db
def test_what_is_on_no_picture_is_told(alice: User, alice_client: Client):
    plan = create_plan(alice, key_points="photosynthesis")
    assert "Not on these pictures: photosynthesis." in alice_client.get(f"/sets/{plan.pk}/").content.decode()
    assert alice_client.get(f"/api/v1/plans/{plan.pk}").json()["data"]["not_drawn"] == ["photosynthesis"]
