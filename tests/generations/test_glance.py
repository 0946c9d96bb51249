"""Whoever asks again and again is told in a word that there is nothing new, and of everything that is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from generations.actions.outcome import fail
from generations.glance import glance_at
from generations.models import Job, Render
from generations.states import RenderError, RenderStatus, Stage
from tests.factories import create_job, only_render

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def job(alice: User, fake_provider: None) -> Job:
    return create_job(alice)


def mark_of(job: Job) -> str:
    glance = glance_at(job.user, job.pk)
    assert glance
    return glance.mark


def poll(client: Client, job: Job, seen: str):
    return client.get(reverse("generations:job", args=[job.pk]), {"seen": seen}, headers=BY_SCRIPT)


def read(client: Client, job: Job, etag: str = ""):
    return client.get(f"/api/v1/generations/{job.pk}", headers={"If-None-Match": etag})


def test_nothing_new_is_said_in_three_questions(alice_client: Client, job: Job, django_assert_num_queries):
    mark = mark_of(job)
    assert f"?seen={mark}" in poll(alice_client, job, "").content.decode()
    with django_assert_num_queries(3):  # session, user, the look
        answer = poll(alice_client, job, mark)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_program_is_told_so_in_three_questions(alice_client: Client, job: Job, django_assert_num_queries):
    etag = read(alice_client, job).headers["ETag"]
    with django_assert_num_queries(3):  # session, user, the look
        answer = read(alice_client, job, etag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)


def of_the_job(**fields: object) -> Callable[[Job, User], object]:
    return lambda job, _other: Job.objects.filter(pk=job.pk).update(**fields)


def somebody_sooner(_job: Job, other: User) -> None:
    render = only_render(create_job(other))
    Render.objects.filter(pk=render.pk).update(not_before=timezone.now() - timedelta(minutes=1))


def failed(job: Job, _other: User) -> None:
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())


@pytest.mark.parametrize(
    "happens",
    [
        of_the_job(progress_percent=40),
        of_the_job(stage=Stage.DRAWING),
        of_the_job(email_when_ready=True),
        of_the_job(title="Summer"),
        somebody_sooner,
        failed,
    ],
    ids=["percent", "stage", "mail", "title", "place", "end"],
)
def test_what_happens_is_news(alice_client: Client, bob: User, job: Job, happens):
    mark, etag = mark_of(job), read(alice_client, job).headers["ETag"]
    happens(job, bob)
    answers = [poll(alice_client, job, mark), read(alice_client, job, etag)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert read(alice_client, job).headers["ETag"] != etag


def test_a_drawing_that_takes_longer_is_estimated_anew_ever_more_rarely(alice_client: Client, job: Job):
    began = timezone.now()
    drawing = {
        "status": RenderStatus.DRAWING,
        "started_at": began,
        "lease_until": began + timedelta(minutes=2),
    }
    Render.objects.filter(job=job).update(**drawing)
    marks = []
    for seconds in (20, 30, 40):
        with time_machine.travel(began + timedelta(seconds=seconds)):
            marks.append(mark_of(job))
            page = poll(alice_client, job, "").content.decode()
    assert (marks[0] == marks[1], marks[1] == marks[2]) == (True, False)
    assert ("about 16 seconds left" in page, "Tell me by e-mail" in page) == (True, True)


def test_the_place_counts_those_who_come_sooner_alone(bob: User, job: Job):
    mark = mark_of(job)
    create_job(bob)  # after ours
    assert mark_of(job) == mark


def test_the_whole_page_is_always_whole(alice_client: Client, job: Job):
    address = reverse("generations:job", args=[job.pk])
    assert alice_client.get(address, {"seen": mark_of(job)}).status_code == 200


def test_a_stranger_sees_nothing(bob: User, bob_client: Client, client: Client, job: Job):
    mark = mark_of(job)
    assert glance_at(bob, job.pk) is None
    assert poll(bob_client, job, mark).status_code == 404
    assert read(bob_client, job, f'W/"{mark}"').status_code == 404
    assert "sign-in" in poll(client, job, mark).headers["HX-Redirect"]


def test_a_job_without_pictures_is_there(job: Job):
    Render.objects.filter(job=job).delete()
    assert glance_at(job.user, job.pk)


def test_what_is_no_id_is_nobodys(alice: User):
    assert glance_at(alice, "none") is None


def test_who_waits_for_somebody_else_still_has_them_asked_soon(alice_client: Client, job: Job):
    at = timezone.now()
    Job.objects.filter(pk=job.pk).update(stage=Stage.WAITING)
    waits = {"status": RenderStatus.WAITING, "next_poll_at": at + timedelta(minutes=1)}
    Render.objects.filter(job=job).update(**waits, looked_at=at - timedelta(minutes=1))
    assert poll(alice_client, job, mark_of(job)).status_code == 204
    assert Render.objects.get(job=job).next_poll_at <= timezone.now()
