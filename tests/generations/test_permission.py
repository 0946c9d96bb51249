"""A photo goes to a company only when its family has said yes to that one."""

import base64
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.actions import allow_photos, keep_photos_here
from accounts.models import PhotoConsent, User
from config.errors import AppError
from credits.models import CreditAccount
from generations import storage
from generations.actions import submit
from generations.models import Asset, Attempt, Job
from generations.states import JobStatus
from tests.factories import COLORING, create_job, create_key, create_photo, deliver_job, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
PAGE = reverse("generations:consent")


@pytest.fixture
def photo(alice: User, astronaut: bytes) -> Asset:
    return create_photo(alice, data=astronaut)


def refusal(user: User) -> AppError:
    with pytest.raises(AppError) as caught:
        create_job(user)
    return caught.value


def test_without_an_answer_nothing_goes_anywhere(alice: User, gemini: Gemini):
    error = refusal(alice)
    assert (error.code, error.status) == ("FORBIDDEN", 403)
    assert error.details == {"consent": ["gemini"]}
    assert "Google (Gemini)" in error.message
    assert (gemini.calls, Job.objects.count()) == ([], 0)
    assert CreditAccount.objects.balance_of(alice) == 10


def test_with_a_yes_the_photo_is_drawn_there(alice: User, gemini: Gemini, photo: Asset):
    allow_photos(user=alice, providers=["gemini"])
    job = deliver_job(create_job(alice, photos=[photo], prompt="with a hat"))
    assert job.status == JobStatus.SUCCEEDED
    sent = gemini.calls[0].json()["contents"][0]["parts"]
    assert base64.urlsafe_b64decode(sent[0]["inlineData"]["data"]) == storage.read(photo.storage_key)
    assert "with a hat" in sent[1]["text"]
    attempt = Attempt.objects.get()
    assert (attempt.provider, attempt.prompt_version, attempt.cost_micro_usd) == (
        "gemini",
        "coloring-1",
        39_000,
    )
    assert attempt.prompt == sent[1]["text"]
    assert only_render(job).verdict["ok"]


def test_a_yes_taken_back_counts_for_what_waits(alice: User, gemini: Gemini):
    allow_photos(user=alice, providers=["gemini"])
    job = create_job(alice)
    keep_photos_here(user=alice)
    assert deliver_job(job).status == JobStatus.FAILED
    assert gemini.calls == []
    assert CreditAccount.objects.balance_of(alice) == 10


def test_here_only_leaves_it_to_our_own_engine(alice: User, gemini: Gemini, settings: Settings, photo: Asset):
    settings.PROVIDERS = ["gemini", "embedded"]
    keep_photos_here(user=alice)
    job = deliver_job(create_job(alice, photos=[photo], params={"complexity": "simple"}))
    assert job.status == JobStatus.SUCCEEDED
    assert Attempt.objects.get().provider == "embedded"
    assert Attempt.objects.get().prompt == ""
    assert gemini.calls == []


def test_here_only_says_so_where_nobody_here_can_draw(alice: User, gemini: Gemini):
    keep_photos_here(user=alice)
    assert refusal(alice).code == "MODE_UNAVAILABLE"


def test_here_only_overrules_a_yes_in_the_database(alice: User, gemini: Gemini):
    allow_photos(user=alice, providers=["gemini"])
    User.objects.filter(pk=alice.pk).update(draws_here_only=True)
    assert refusal(alice).code == "MODE_UNAVAILABLE"


def test_a_yes_to_one_is_no_yes_to_another(alice: User, gemini: Gemini):
    allow_photos(user=alice, providers=["somebody"])
    assert refusal(alice).details == {"consent": ["gemini"]}


def test_words_alone_need_no_answer(alice: User, gemini: Gemini):
    idea = "the zyxwv of our village"  # a model reads any words
    job = submit(user=alice, mode="imagine", params=COLORING, photos=[], prompt=idea)
    assert deliver_job(job).status == JobStatus.SUCCEEDED
    assert idea in gemini.calls[0].json()["contents"][0]["parts"][0]["text"]


def test_the_last_answer_counts(alice: User):
    allow_photos(user=alice, providers=["gemini", "somebody"])
    allow_photos(user=alice, providers=["gemini"])
    assert list(PhotoConsent.objects.values_list("provider", flat=True)) == ["gemini"]
    keep_photos_here(user=alice)
    assert not PhotoConsent.objects.exists()
    allow_photos(user=alice, providers=["gemini"])
    assert not User.objects.get(pk=alice.pk).draws_here_only


# --- The page ---------------------------------------------------------------------------------------------------------


def press_draw(client: Client, photo: Asset) -> object:
    form = {**COLORING, "complexity": "detailed", "idempotency_key": "k1"}
    return client.post(reverse("generations:make", args=[photo.pk]), form)


def test_the_question_comes_before_the_first_photo_and_choices_wait(
    alice_client: Client, gemini: Gemini, photo: Asset
):
    make = reverse("generations:make", args=[photo.pk])
    asked = press_draw(alice_client, photo)
    assert asked.headers["Location"].startswith(PAGE)
    page = alice_client.get(asked.headers["Location"]).content.decode()
    assert "Google (Gemini)" in page
    answered = alice_client.post(PAGE, {"answer": "yes", "provider": "gemini", "next": make})
    assert answered.headers["Location"] == make
    form = alice_client.get(make).content.decode()
    assert re.search(r'<input[^>]*value="detailed"[^>]*checked', form)
    assert press_draw(alice_client, photo).headers["Location"].startswith("/jobs/")


def test_a_yes_counts_for_what_the_page_showed(alice_client: Client, gemini: Gemini):
    alice_client.post(PAGE, {"answer": "yes", "provider": "somebody"})
    assert not PhotoConsent.objects.exists()


def test_no_answer_is_no_answer(alice_client: Client, gemini: Gemini):
    assert alice_client.post(PAGE, {"next": "/pictures/"}).status_code == 400


def test_the_answer_leads_nowhere_else(alice_client: Client, gemini: Gemini):
    answered = alice_client.post(PAGE, {"answer": "here", "next": "//evil.example"})
    assert answered.headers["Location"] == PAGE


def test_the_pages_promise_only_what_holds(alice_client: Client, gemini: Gemini, settings: Settings):
    promise = "drawn on this server"
    assert promise not in alice_client.get("/").content.decode()
    settings.PROVIDERS = ["embedded"]
    assert promise in alice_client.get("/").content.decode()


# --- The API ----------------------------------------------------------------------------------------------------------

API = "/api/v1/user/photo-consent"


@pytest.fixture
def program(alice: User) -> Client:
    return Client(headers={"Authorization": f"Bearer {create_key(alice).secret}"})


def test_a_program_asks_and_answers(program: Client, gemini: Gemini):
    company = {"name": "gemini", "company": "Google (Gemini)"}
    nothing = {"draw_here_only": False, "may_draw": [], "companies": [company]}
    assert program.get(API).json()["data"] == nothing
    yes = program.put(API, {"draw_here_only": False, "may_draw": ["gemini"]}, "application/json").json()
    assert yes["data"] == {**nothing, "may_draw": ["gemini"]}
    here = program.put(API, {"draw_here_only": True}, "application/json").json()
    assert here["data"] == {**nothing, "draw_here_only": True}


def test_a_program_cannot_agree_to_who_does_not_draw_here(program: Client, gemini: Gemini):
    answer = program.put(API, {"draw_here_only": False, "may_draw": ["somebody"]}, "application/json")
    assert (answer.status_code, answer.json()["error"]["details"].keys()) == (400, {"may_draw"})
    assert not PhotoConsent.objects.exists()
