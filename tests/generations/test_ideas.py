"""A typed idea, from submission to the page that was drawn of it."""

import pytest
from pytest_django import Settings

from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount, UsageEvent
from generations.actions import retry_job, retune, submit
from generations.cleanup import clean_up
from generations.models import Attempt, Job, Render
from generations.states import JobStatus
from tests.factories import create_photo, deliver_job
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db

IDEA = "A hedgehog flying a kite over our village, with a xylomorph"


def imagine(user: User, prompt: str = IDEA, **params: object) -> Job:
    return submit(
        user=user, mode="imagine", params={"complexity": "simple", **params}, photos=[], prompt=prompt
    )


def test_an_idea_becomes_a_page_that_says_what_it_shows(alice: User):
    job = deliver_job(imagine(alice))
    render = Render.objects.get(job=job)
    assert job.status == JobStatus.SUCCEEDED
    assert render.verdict["ok"] is True
    assert (render.verdict["known"], render.verdict["unknown"]) == (
        ["hedgehog", "kite", "village"],
        ["xylomorph"],
    )
    assert {asset.kind for asset in render.assets.all()} == {"svg", "png", "preview", "thumbnail", "drawing"}


def test_words_that_do_not_fit_are_named_and_cost_nothing(alice: User):
    with pytest.raises(AppError) as caught:
        imagine(alice, "A naked pirate on a ship")
    assert (caught.value.code, caught.value.status) == ("CONTENT_REJECTED", 422)
    assert "“naked”" in caught.value.details["prompt"][0]
    assert not Job.objects.exists()
    assert CreditAccount.objects.balance_of(alice) == 10


def test_what_we_do_not_know_is_drawn_by_somebody_who_does(
    alice: User, patient_gemini: Gemini, settings: Settings
):
    settings.PROVIDERS = ["embedded", "gemini"]
    job = deliver_job(imagine(alice, "Quantum entanglement"))
    tried = Attempt.objects.order_by("started_at").values_list("provider", "outcome")
    assert list(tried) == [("embedded", "permanent"), ("gemini", "drawn")]
    assert job.status == JobStatus.SUCCEEDED


def test_variants_are_pictures_of_their_own(alice: User):
    job = deliver_job(imagine(alice, variants=2))
    pictures = Render.objects.filter(job=job).order_by("position")
    assert [one.position for one in pictures] == [0, 1]
    assert len({one.assets.get(kind="svg").sha256 for one in pictures}) == 2
    assert CreditAccount.objects.balance_of(alice) == 8
    assert UsageEvent.objects.filter(kind="generation").count() == 2


def test_the_same_idea_and_seed_is_the_same_picture(alice: User):
    pictures = [deliver_job(imagine(alice, seed=7)).renders.get().assets.get(kind="svg") for _ in range(2)]
    assert pictures[0].sha256 == pictures[1].sha256


@pytest.mark.parametrize("prompt", ["", "   ", "xylomorph of quux", "gun", "!!!"])
def test_an_idea_without_anything_to_draw_costs_nothing(alice: User, prompt: str):
    with pytest.raises(AppError) as caught:
        imagine(alice, prompt)
    assert (caught.value.code, caught.value.status) == ("VALIDATION_ERROR", 400)
    assert caught.value.details["prompt"]
    assert len(caught.value.details["suggestions"]) == 3
    assert not Job.objects.exists()
    assert CreditAccount.objects.balance_of(alice) == 10


def test_more_pictures_than_credits_are_refused(alice: User):
    CreditAccount.objects.filter(user=alice).update(balance=2)
    with pytest.raises(AppError) as caught:
        imagine(alice, variants=3)
    assert (caught.value.code, Job.objects.count()) == ("NO_CREDITS", 0)
    assert caught.value.message == "Your credits are enough for 2 pages."


def test_photos_do_not_belong_to_an_idea(alice: User):
    with pytest.raises(AppError) as caught:
        submit(user=alice, mode="imagine", params={}, photos=[create_photo(alice)], prompt=IDEA)
    assert caught.value.details == {"photos": ["That is one photo too many."]}


def test_other_lines_and_paper_are_laid_out_from_the_scene(alice: User):
    render = deliver_job(imagine(alice)).renders.get()
    version = retune(render=render, wishes={"line_thickness": "thick", "paper": "letter", "mirror": True})
    assert (version.version, version.price, version.verdict["ok"]) == (2, 0, True)
    assert version.assets.get(kind="svg").sha256 != render.assets.get(kind="svg").sha256


def test_trying_again_needs_no_photo(alice: User):
    job = deliver_job(imagine(alice))
    again = retry_job(job=job)
    assert (again.prompt, again.retry_of) == (IDEA, job)


def test_the_words_go_with_the_last_picture(alice: User):
    from django.utils import timezone

    render = deliver_job(imagine(alice)).renders.get()
    render.assets.all().delete()
    clean_up(at=timezone.now())
    render.refresh_from_db()
    assert (render.prompt, render.job.prompt, render.verdict) == ("", "", {})
