"""The page where an idea is typed."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.models import Job
from generations.modes.imagine import EXAMPLES
from generations.pace import MOST_A_MINUTE
from generations.scenes import understand
from tests.factories import COLORING, create_job, deliver_job
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db

PAGE = "/ideas/"
WORDS = "/ideas/words/"
FORM = {**COLORING, "prompt": "two cats on a sofa", "variants": "1", "seed": "5"}


def test_choices_become_a_charged_job(alice: User, alice_client: Client):
    answer = alice_client.post(PAGE, {**FORM, "variants": "2"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("generations:job", args=[job.pk])
    assert (job.mode, job.prompt, job.params["variants"], job.renders.count()) == (
        "imagine",
        FORM["prompt"],
        2,
        2,
    )
    assert "8 credits" in alice_client.get("/").content.decode()


def test_sending_the_form_twice_makes_one_job(alice: User, alice_client: Client):
    for _ in range(2):
        alice_client.post(PAGE, {**FORM, "idempotency_key": "the same"})
    assert Job.objects.count() == 1


@pytest.mark.parametrize("prompt", ["", "quux", "x" * 801])
def test_what_cannot_be_drawn_is_told_and_stays_on_the_page(alice_client: Client, prompt: str):
    answer = alice_client.post(PAGE, {**FORM, "prompt": prompt})
    assert answer.status_code == 400
    assert prompt in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Job.objects.exists()


def test_a_second_page_waits_for_the_first(alice: User, alice_client: Client):
    create_job(alice)
    answer = alice_client.post(PAGE, FORM)
    assert answer.status_code == 409
    assert "Please wait until this one is finished." in answer.content.decode()


def test_while_typing_it_says_what_is_known(client: Client):
    answer = client.post(WORDS, {"prompt": "a hedgehog and a <b>quux</b>"}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "I can draw: hedgehog." in part
    assert "I don&#x27;t know: b, quux." in part
    assert "<html" not in part


def test_where_a_model_draws_no_word_is_unknown(client: Client, gemini: Gemini):
    answer = client.post(WORDS, {"prompt": "a hedgehog in a frobnicator"})
    assert "know" not in answer.content.decode()


def test_nobody_types_as_fast_as_that(client: Client):
    cache.clear()
    answers = [
        client.post(WORDS, {"prompt": "cat"}).status_code for _ in range(MOST_A_MINUTE["idea-words"] + 1)
    ]
    assert (answers[0], answers[-2:]) == (200, [200, 429])


def test_an_idea_from_the_first_page_waits_on_the_form(client: Client):
    page = client.post(PAGE, {"prompt": "three ducks", "start": "1"}, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "three ducks</textarea>" in page.content.decode()


def test_an_idea_waits_until_its_owner_has_signed_in(client: Client):
    answer = client.post(PAGE, FORM)
    assert answer.headers["Location"] == "/sign-in/?next=%2Fideas%2F"
    assert FORM["prompt"] in client.get(PAGE).content.decode()
    assert not Job.objects.exists()


def test_every_example_is_understood_whole():
    assert [understand(str(example)).unknown for example in EXAMPLES] == [()] * len(EXAMPLES)


def test_the_result_shows_every_picture_and_what_was_not_known(alice: User, alice_client: Client):
    form = {**FORM, "prompt": "two cats and a quux", "complexity": "simple", "variants": "2"}
    address = alice_client.post(PAGE, form).headers["Location"]
    waiting = alice_client.get(address).content.decode()
    assert "two cats and a quux</blockquote>" in waiting
    deliver_job(Job.objects.get())
    first = alice_client.get(address)
    assert first.context["render"].position == 0
    for words in ("I can draw: cats.", "I don&#x27;t know: quux.", "Picture 2", "?picture=2&amp;version=1"):
        assert words in first.content.decode()
    assert "compare-slider" not in first.content.decode()
    assert alice_client.get(f"{address}?picture=2&version=1").context["render"].position == 1
