"""A company that draws the pages of a set is shown the first of them for the others, so that a character stays itself."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.actions.photo_consent import keep_photos_here
from accounts.models import User
from config.errors import AppError
from generations import storage
from generations.actions import redo, submit
from generations.character import FIRST_TAKES
from generations.models import Asset, Attempt, Job, Render
from generations.photo_links import photo_link
from generations.planning.run import plan_next
from generations.run import draw_next
from tests.factories import create_photo, create_plan, deliver_job, draw_all
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.openai import OpenAI, field, files
from tests.stand_ins.replicate import Replicate
from tests.stand_ins.server import Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
SHOWN = "another page of the same set"


def ask(user: User, slides: int = 3, **wishes: object) -> Job:
    """Thought out, and nothing drawn yet."""
    params = {"slides": slides, "complexity": "simple"}
    photos = wishes.pop("photos", [])
    job = submit(
        user=user, mode="carousel", params=params, photos=photos, prompt="A frog and its friends", **wishes
    )  # type: ignore[arg-type]
    plan_next()
    return job


def begin(user: User, settings: Settings, slides: int = 2, **wishes: object) -> Job:
    """The first page is there, drawn by nobody in particular; whoever is configured draws the others."""
    artists, settings.PROVIDERS = settings.PROVIDERS, ["fake"]
    job = ask(user, slides, **wishes)
    assert draw_next()
    settings.PROVIDERS = artists
    return job


def claimable(job: Job) -> list[int]:
    due = Render.objects.claimable(at=timezone.now()).filter(job=job)
    return list(due.values_list("position", flat=True).order_by("position"))


def drawn(gemini: Gemini) -> list[Call]:
    return [call for call in gemini.calls if "responseJsonSchema" not in call.json()["generationConfig"]]


def is_shown_something(call: Call) -> bool:
    """Whether a picture went along; the words say so too."""
    *pictures, words = call.json()["contents"][0]["parts"]
    assert bool(pictures) == (SHOWN in words["text"])
    return bool(pictures)


def references(job: Job) -> list[int | None]:
    """By page: the position of the page that was shown for it, in its last attempt."""
    attempts = [Attempt.objects.filter(render=page).last() for page in job.renders.all()]
    assets = [attempt.reference if attempt else None for attempt in attempts]
    return [asset.render.position if asset and asset.render else None for asset in assets]


# --- The first page, and the others ---------------------------------------------------------------------------------


def test_the_first_page_is_drawn_first_and_shown_for_the_others(alice: User, patient_gemini: Gemini):
    job = ask(alice)
    assert claimable(job) == [0]
    assert draw_next()
    assert claimable(job) == [1, 2], "side by side"
    patient_gemini.usual = "safety"  # what they look like is another question
    draw_all()
    assert [is_shown_something(call) for call in drawn(patient_gemini)] == [False, True, True]
    assert references(job) == [None, 0, 0]


def test_a_plan_that_is_there_begins_with_the_first_page_too(alice: User, gemini: Gemini):
    plan = create_plan(alice)
    assert plan_next()
    plan.refresh_from_db()
    assert claimable(ask(alice, plan=plan)) == [0]


def test_when_the_first_page_fails_the_next_takes_its_place(alice: User, gemini: Gemini):
    job = ask(alice)
    for page in range(3):
        assert claimable(job) == [page]
        gemini.faults.append("safety")
        assert draw_next()
    assert claimable(job) == []


def test_a_page_without_an_example_is_drawn_after_a_while_all_the_same(alice: User, gemini: Gemini):
    job = ask(alice)
    job.renders.filter(position=0).update(not_before=timezone.now() + timedelta(hours=1))
    assert claimable(job) == []
    gemini.usual = "safety"
    with time_machine.travel(timezone.now() + FIRST_TAKES + timedelta(seconds=1)):
        assert claimable(job) == [1, 2]
        assert draw_next()
    assert [is_shown_something(call) for call in drawn(gemini)] == [False]


def test_a_page_is_drawn_without_an_example_that_cannot_be_read(
    alice: User, gemini: Gemini, settings: Settings
):
    job = begin(alice, settings)
    storage.delete(Asset.objects.get(render__job=job, kind="picture").storage_key)
    gemini.usual = "safety"
    assert draw_next()
    assert [is_shown_something(call) for call in drawn(gemini)] == [False]
    assert references(job) == [None, None]


def test_our_own_engine_needs_no_example(alice: User):
    assert claimable(ask(alice)) == [0, 1, 2]


def test_a_picture_that_comes_back_as_the_example_is_drawn_again(alice: User, patient_gemini: Gemini):
    params = {"slides": 2, "finish": "full_color", "quality": "low"}
    job = submit(user=alice, mode="carousel", params=params, photos=[], prompt="A frog and its friends")
    plan_next()
    assert draw_next()
    patient_gemini.faults += ["copy", "safety"]
    draw_all()
    page = job.renders.get(position=1)
    assert [one.outcome for one in page.attempts.all()] == ["uncolourable", "rejected"]


# --- Again ----------------------------------------------------------------------------------------------------------


def test_a_page_drawn_again_is_shown_the_same_page(alice: User, gemini: Gemini, settings: Settings):
    settings.PROVIDERS = ["fake"]
    job = deliver_job(ask(alice, 3))
    settings.PROVIDERS, gemini.usual = ["gemini"], "safety"
    first, _second, third = job.renders.all()
    assert references(deliver_job(redo(render=third))) == [0]
    assert references(deliver_job(redo(render=first))) == [1], "not itself: it would come back as it is"


# --- Somebody on a photo --------------------------------------------------------------------------------------------


def test_a_photo_is_shown_for_every_page_and_no_page_for_another(alice: User, gemini: Gemini):
    allow_photos(user=alice, providers=["gemini"])
    photo = create_photo(alice)
    job = ask(alice, 2, photos=[photo])
    assert claimable(job) == [0, 1]
    gemini.usual = "safety"
    draw_all()
    assert [one.reference for one in Attempt.objects.filter(render__job=job)] == [photo, photo]
    assert Job.objects.get(pk=job.pk).shows_photo
    for call in drawn(gemini):
        picture, words = call.json()["contents"][0]["parts"]
        sent = base64.urlsafe_b64decode(picture["inlineData"]["data"])
        assert sent == storage.read(photo.storage_key)
        assert SHOWN not in words["text"]


def test_no_page_that_shows_somebody_is_shown_once_the_photo_is_gone(
    alice: User, gemini: Gemini, settings: Settings
):
    job = begin(alice, settings)
    Job.objects.filter(pk=job.pk).update(shows_photo=True)
    gemini.usual = "safety"
    assert draw_next()
    assert references(job) == [None, None]


def test_who_draws_here_only_shows_nobody(alice: User, gemini: Gemini):
    keep_photos_here(user=alice)
    with pytest.raises(AppError) as caught:
        ask(alice, photos=[create_photo(alice)])
    assert (caught.value.code, gemini.calls) == ("MODE_UNAVAILABLE", [])


# --- How it gets there ----------------------------------------------------------------------------------------------


def test_replicate_gets_it_inline(alice: User, replicate: Replicate, settings: Settings):
    job = begin(alice, settings)
    assert draw_next()
    (made,) = replicate.predictions.values()
    (picture,) = made.input["image_input"]
    assert picture.startswith("data:image/jpeg;base64,")
    assert references(job) == [None, 0]


def test_replicate_may_fetch_it_for_a_while_where_it_can(
    alice: User, client: Client, replicate: Replicate, settings: Settings
):
    job = begin(alice, settings)
    settings.PUBLIC_URL, settings.IS_HTTPS = "https://pages.example.org", True
    assert draw_next()
    (made,) = replicate.predictions.values()
    (address,) = made.input["image_input"]
    path = address.removeprefix(settings.PUBLIC_URL)
    page = Asset.objects.get(render__job=job, kind="picture")
    assert b"".join(client.get(path, secure=True).streaming_content) == storage.read(page.storage_key)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(path, secure=True).status_code == 404


def test_a_page_that_shows_somebody_is_fetched_with_consent_alone(
    alice: User, client: Client, settings: Settings
):
    job = begin(alice, settings)
    Job.objects.filter(pk=job.pk).update(shows_photo=True)
    page = Asset.objects.get(render__job=job, kind="picture")
    path = photo_link(page, "replicate").removeprefix(settings.PUBLIC_URL)
    assert client.get(path).status_code == 404
    allow_photos(user=alice, providers=["replicate"])
    answer = client.get(path)
    assert b"".join(answer.streaming_content) == storage.read(page.storage_key)


def test_openai_gets_it_as_an_edit(alice: User, settings: Settings):
    begin(alice, settings)
    service = OpenAI(hang_seconds=3)
    service.usual = "safety"
    with service.running() as address:
        own = {**settings.PROVIDER_OPTIONS["openai"], "api_key": service.key, "base_url": f"{address}/v1"}
        settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "openai": own}
        settings.PROVIDERS = ["openai"]
        assert draw_next()
    (call,) = service.calls
    assert call.path == "/v1/images/edits"
    assert len(files(call)) == 1
    assert SHOWN in field(call, "prompt")
