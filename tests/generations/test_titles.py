"""Suggestions for a title: by a model from typed words, by ourselves without one, and never from a photo."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from config.errors import AppError
from credits.models import UsageEvent
from generations.actions import submit, suggest_titles
from generations.actions.titles import TOLD, Titles
from generations.models import Asset, Attempt, Render
from generations.plain_titles import LONGEST, titles_for, titles_from
from tests.factories import create_job, deliver_job, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
IDEA = "a hedgehog flying a kite over our village"
OURS = [
    "Hedgehog flying a kite over our village",
    "Hedgehog & kite",
    "A hedgehog flying a kite over our village",
]
PLAIN = ["Our photo to colour in", "A page of us", "A day to remember"]


@pytest.fixture
def render(alice: User, fake_provider: None) -> Render:
    job = submit(user=alice, mode="imagine", params={}, photos=[], prompt=IDEA)
    return only_render(deliver_job(job))


@pytest.fixture
def page_of_a_photo(alice: User, fake_provider: None) -> Render:
    return only_render(deliver_job(create_job(alice, prompt="more balloons")))


@pytest.fixture
def writer(render: Render, gemini: Gemini) -> Gemini:
    """Writes from now on; what there is was drawn before."""
    return gemini


def ask(client: Client, render: Render):
    return client.post(f"/api/v1/renders/{render.pk}/titles")


# --- Without a model ------------------------------------------------------------------------------------------------


def test_of_an_ideas_own_words(render: Render):
    assert suggest_titles(render=render) == OURS


@pytest.mark.parametrize(
    ("words", "language", "titles"),
    [
        (
            "Ein Igel und ein Drache",
            "de",
            ["Igel und ein Drache", "Igel & Drache", "Ein Igel und ein Drache"],
        ),
        ("un chat sur la lune", "fr", ["Chat sur la lune", "Chat", "Un chat sur la lune"]),
        ("xyzzy plugh", "en", ["Xyzzy plugh"]),
        ("the cat. It sleeps", "en", ["Cat", "The cat"]),
        ("l'ours", "fr", ["Ours", "L'ours"]),
        ("...", "en", []),
    ],
)
def test_in_the_words_language(words: str, language: str, titles: list[str]):
    assert titles_from(words, language) == titles


def test_long_words_are_cut_between_words():
    titles = titles_from("a cat " * 100, "en")
    assert all(len(title) <= LONGEST for title in titles)
    assert titles[-1].endswith((" a…", " cat…"))
    assert titles_from("x" * 500, "en")[0] == "X" + "x" * (LONGEST - 2) + "…"


def test_of_a_photo_without_words_only_plain_ones(alice: User, fake_provider: None):
    render = only_render(deliver_job(create_job(alice)))
    assert suggest_titles(render=render) == PLAIN
    Render.objects.filter(pk=render.pk).update(prompt="...")
    assert suggest_titles(render=Render.objects.get(pk=render.pk)) == PLAIN
    assert titles_for("staging", "full_color")[0] == "Our room"
    assert titles_for("compose", "full_color")[0] == "Our picture"


# --- By a model -----------------------------------------------------------------------------------------------------


def test_a_model_is_told_the_words_and_nothing_else(render: Render, writer: Gemini):
    assert suggest_titles(render=render) == ["Titles 1"]
    (call,) = writer.calls
    (content,) = call.json()["contents"]
    assert content["parts"] == [{"text": TOLD.format(most=3, longest=60, words=IDEA)}]
    attempt = Attempt.objects.get(kind="title")
    assert (attempt.outcome, attempt.cost_micro_usd, attempt.prompt_version) == ("drawn", 3000, "title-1")


def test_the_instruction_is_a_new_version_when_it_changes():
    assert TOLD == (
        "Suggest {most} short titles for a picture that a child may colour in. At most {longest} letters each, in the "
        "language of the idea, friendly and plain, without quotation marks or emoji. The idea: {words}"
    )


@pytest.mark.parametrize("fault", ["broken", "rate limited", "reset", "safety", "text only", "hang"])
def test_one_that_fails_is_stood_in_for(render: Render, writer: Gemini, fault: str):
    writer.usual = fault
    assert suggest_titles(render=render) == OURS


def test_one_that_is_slow_is_not_waited_for(
    render: Render, writer: Gemini, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    options = settings.TEXT_OPTIONS
    settings.TEXT_OPTIONS = {**options, "gemini": {**options["gemini"], "seconds": 20}}
    monkeypatch.setattr("generations.actions.titles.SECONDS", 0.5)
    writer.usual = "hang"  # for three seconds
    started = time.monotonic()
    assert suggest_titles(render=render) == OURS
    assert time.monotonic() - started < 2.5


def test_a_family_is_not_kept_waiting_for_a_second_try(render: Render, writer: Gemini):
    writer.usual = "text only"
    assert suggest_titles(render=render) == OURS
    assert len(writer.calls) == 1


def test_beyond_the_money_of_the_day_it_is_not_asked(render: Render, writer: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD = 1
    assert suggest_titles(render=render) == OURS
    assert writer.calls == []


@pytest.mark.parametrize("answer", ["Naked cats", "x" * 61, "", "a\nb\x07"])
def test_what_does_not_fit_is_left_out(
    render: Render, writer: Gemini, monkeypatch: pytest.MonkeyPatch, answer: str
):
    monkeypatch.setattr("generations.actions.titles.ask", lambda _question: Titles(titles=[answer]))
    assert suggest_titles(render=render) == OURS


def test_words_about_a_photo_need_the_familys_yes(alice: User, page_of_a_photo: Render, gemini: Gemini):
    assert suggest_titles(render=page_of_a_photo) == ["More balloons", "Balloons"]
    Asset.objects.filter(job_inputs__job=page_of_a_photo.job).delete()  # nor does its end change that
    assert suggest_titles(render=page_of_a_photo) == ["More balloons", "Balloons"]
    assert gemini.calls == []
    allow_photos(user=alice, providers=["gemini"])
    assert suggest_titles(render=page_of_a_photo) == ["Titles 1"]
    assert "inlineData" not in json.dumps([call.json() for call in gemini.calls])
    User.objects.filter(pk=alice.pk).update(draws_here_only=True)
    assert suggest_titles(render=page_of_a_photo) == ["More balloons", "Balloons"]


# --- Limits, API and page -------------------------------------------------------------------------------------------


def test_a_plan_allows_so_many_an_hour(render: Render, alice_client: Client, settings: Settings):
    free = {**settings.PLAN_LIMITS["free"], "titles_an_hour": 2}
    settings.PLAN_LIMITS = {**settings.PLAN_LIMITS, "free": free}
    assert [ask(alice_client, render).status_code for _number in range(3)] == [200, 200, 429]
    assert UsageEvent.objects.filter(kind="title").count() == 2


def test_no_title_before_there_is_a_picture(alice: User, fake_provider: None):
    with pytest.raises(AppError) as caught:
        suggest_titles(render=only_render(create_job(alice)))
    assert caught.value.code == "CONFLICT"


def test_over_the_api(
    render: Render, alice_client: Client, bob_client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        assert ask(alice_client, render).json()["data"] == {"titles": OURS}
    assert ask(bob_client, render).status_code == 404


def test_on_the_page_of_the_picture(render: Render, alice_client: Client):
    page = alice_client.post(reverse("generations:suggest_titles", args=[render.pk])).content.decode()
    assert "Hedgehog &amp; kite" in page
    name = reverse("generations:name_render", args=[render.pk])
    assert alice_client.post(name, {"title": OURS[0]}).status_code == 302
    assert Render.objects.get(pk=render.pk).title == OURS[0]
    refused = alice_client.post(name, {"title": "x" * 121})
    assert (refused.status_code, "at most 120 characters" in refused.content.decode()) == (400, True)
    assert "title-problem" in refused.content.decode()


def test_too_many_are_told_of_on_the_page(render: Render, alice_client: Client, settings: Settings):
    free = {**settings.PLAN_LIMITS["free"], "titles_an_hour": 0}
    settings.PLAN_LIMITS = {**settings.PLAN_LIMITS, "free": free}
    answer = alice_client.post(reverse("generations:suggest_titles", args=[render.pk]))
    assert (answer.status_code, "a lot of titles" in answer.content.decode()) == (429, True)
