"""The page of a job in each of its states."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from generations.actions.outcome import fail
from generations.models import Asset, Job
from generations.states import JobStatus, RenderError
from tests.factories import create_job, create_photo, only_render
from tests.generations.views.conftest import DeliverPage

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"HX-Request": "true"}


def job_url(job: Job) -> str:
    return reverse("generations:job", args=[job.pk])


def test_while_it_waits_it_says_so_and_asks_again(alice: User, alice_client: Client):
    part = alice_client.get(job_url(create_job(alice)), headers=BY_SCRIPT)
    text = part.content.decode()
    assert "Waiting for a free drawing table" in text
    assert "Place 1 in the queue" in text
    assert 'hx-trigger="load delay:1500ms, again"' in text
    assert "<html" not in text
    assert "HX-Request" in part.headers["Vary"]


def test_at_the_end_it_asks_no_more(alice: User, alice_client: Client, deliver_page: DeliverPage):
    render = deliver_page(alice)
    text = alice_client.get(job_url(render.job), headers=BY_SCRIPT).content.decode()
    assert "data-poll" not in text
    assert "compare-slider" in text
    assert "Ready to colour:" in text


def test_a_failure_says_why_and_offers_another_try(alice: User, alice_client: Client):
    job = create_job(alice)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    text = alice_client.get(job_url(job)).content.decode()
    assert "This took longer than it should. Your credit is back; please try again." in text
    assert reverse("generations:retry_job", args=[job.pk]) in text


def test_what_cannot_work_is_not_offered_again(alice: User, alice_client: Client):
    job = create_job(alice)
    fail(render=only_render(job), code=RenderError.NOT_COLOURABLE, at=timezone.now())
    assert (
        reverse("generations:retry_job", args=[job.pk]) not in alice_client.get(job_url(job)).content.decode()
    )


def test_trying_again_starts_a_new_job(alice: User, alice_client: Client):
    job = create_job(alice)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    answer = alice_client.post(reverse("generations:retry_job", args=[job.pk]), {"idempotency_key": "k"})
    again = Job.objects.get(retry_of=job)
    assert answer.headers["Location"] == job_url(again)


def test_cancelling_gives_the_credit_back(alice: User, alice_client: Client):
    job = create_job(alice)
    page = alice_client.post(reverse("generations:cancel_job", args=[job.pk]), follow=True).content.decode()
    assert "Nothing was drawn, and your credit is back." in page
    assert "10 credits" in page


def test_cancelling_too_late_shows_the_page(alice: User, alice_client: Client, deliver_page: DeliverPage):
    job = deliver_page(alice).job
    page = alice_client.post(reverse("generations:cancel_job", args=[job.pk]), follow=True).content.decode()
    assert "This one has finished already." in page
    assert "compare-slider" in page


def test_deleting_takes_the_page_and_leaves_the_photo(
    alice: User, alice_client: Client, deliver_page: DeliverPage
):
    job = deliver_page(alice).job
    answer = alice_client.post(reverse("generations:delete_job", args=[job.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("generations:library"), 302)]
    assert not Job.objects.exists()
    assert [asset.kind for asset in Asset.objects.all()] == ["original"]


def test_deleting_takes_the_photo_too_when_asked(
    alice: User, alice_client: Client, deliver_page: DeliverPage
):
    job = deliver_page(alice).job
    alice_client.post(reverse("generations:delete_job", args=[job.pk]), {"photo": "1"})
    assert not Asset.objects.exists()


def test_a_page_whose_photo_is_gone_is_still_shown(
    alice: User, alice_client: Client, deliver_page: DeliverPage
):
    job = deliver_page(alice).job
    Asset.objects.originals().delete()
    text = alice_client.get(job_url(job)).content.decode()
    assert "compare-slider class" not in text
    assert "Your colouring page" in text


def test_a_poll_with_news_costs_a_constant_number_of_queries(
    alice: User, alice_client: Client, django_assert_num_queries
):
    job = create_job(alice, photos=[create_photo(alice)])
    alice_client.get(job_url(job))  # the estimate is remembered for half a minute
    with django_assert_num_queries(7):  # session, user, the look, job, photo, its renders, sooner ones
        alice_client.get(job_url(job), headers=BY_SCRIPT)
    assert Job.objects.get().status == JobStatus.QUEUED
