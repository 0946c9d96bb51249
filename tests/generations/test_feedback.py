"""What families say of their pictures, and who reads it."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from generations.actions import delete_job
from generations.actions.feedback import feedback_of, give_feedback
from generations.cleanup import clean_up
from generations.models import Asset, Feedback, Render
from generations.monitor import snapshot
from tests.factories import create_job, create_user, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
WORDS = "Mia has three ears"


@pytest.fixture
def render(alice: User, fake_provider: None) -> Render:
    return only_render(deliver_job(create_job(alice)))


def say(client: Client, render: Render, **body: object):
    path = f"/api/v1/renders/{render.pk}/feedback"
    return client.post(path, json.dumps(body), content_type="application/json")


def said(client: Client, render: Render, **body: object) -> dict[str, str]:
    return say(client, render, **body).json()["data"]


def test_said_again_it_is_changed(render: Render, alice_client: Client):
    assert said(alice_client, render, thumb="up") == {"thumb": "up", "problem": "", "words": ""}
    assert said(alice_client, render, thumb="down")["thumb"] == "down"
    found = said(alice_client, render, problem="lines", words=f" {WORDS} ")
    assert found == {"thumb": "down", "problem": "lines", "words": WORDS}
    assert Feedback.objects.count() == 1


def test_what_is_taken_back_leaves_nothing(render: Render, alice_client: Client):
    said(alice_client, render, thumb="up", problem="other", words=WORDS)
    assert said(alice_client, render, problem="") == {"thumb": "up", "problem": "", "words": ""}
    said(alice_client, render, thumb="")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"thumb": "sideways"}, "thumb"),
        ({"problem": "weather"}, "problem"),
        ({"problem": "other", "words": "x" * 501}, "words"),
        ({"problem": "other", "words": "a\0b"}, "words"),
        ({"words": "no problem named"}, "problem"),
        ({"stars": 5}, "stars"),
    ],
)
def test_what_does_not_fit_is_refused(
    render: Render, alice_client: Client, body: dict[str, object], field: str
):
    answer = say(alice_client, render, **body)
    assert (answer.status_code, [*answer.json()["error"]["details"]]) == (400, [field])
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("fake_provider")
def test_not_before_the_picture_is_there(alice: User, alice_client: Client):
    assert say(alice_client, only_render(create_job(alice)), thumb="up").status_code == 409


def test_the_database_takes_one_a_person_and_picture(alice: User, render: Render):
    give_feedback(render=render, thumb="up")
    for row in (
        Feedback(user=alice, render=render, thumb="up"),
        Feedback(user=create_user("eve@example.org"), render=render),
        Feedback(user=create_user("fay@example.org"), render=render, thumb="up", words="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_it_goes_with_its_picture(render: Render):
    give_feedback(render=render, thumb="up")
    delete_job(job=render.job)
    assert not Feedback.objects.exists()


def test_the_words_go_when_the_files_go(render: Render):
    give_feedback(render=render, problem="lines", words=WORDS)
    clean_up(at=timezone.now())
    assert feedback_of(render).words == WORDS
    Asset.objects.filter(render=render).delete()
    clean_up(at=timezone.now() + timedelta(hours=1))
    assert (feedback_of(render).problem, feedback_of(render).words) == ("lines", "")


# --- For staff ------------------------------------------------------------------------------------------------------


def test_staff_see_it_but_not_the_words(render: Render, charlie_client: Client):
    give_feedback(render=render, thumb="down", problem="lines", words=WORDS)
    feedback = feedback_of(render)
    for name, ids in (("changelist", []), ("change", [feedback.pk])):
        page = charlie_client.get(reverse(f"admin:generations_feedback_{name}", args=ids)).content.decode()
        assert "The lines are broken or messy" in page
        assert WORDS not in page
    assert charlie_client.post(reverse("admin:generations_feedback_changelist"), {}).status_code == 403


def test_the_words_take_a_look_that_is_on_record(render: Render, charlie_client: Client):
    give_feedback(render=render, problem="lines", words=WORDS)
    look = reverse("admin:generations_job_look", args=[render.job_id])
    assert WORDS not in charlie_client.get(look).content.decode()
    assert WORDS in charlie_client.post(look, {"reason": "a report"}).content.decode()
    assert AuditEntry.objects.get().action == "look_at_pictures"


def test_a_long_list_costs_the_same(charlie_client: Client, fake_provider: None, django_assert_num_queries):
    for number in range(3):
        job = deliver_job(create_job(create_user(f"user{number}@example.org")))
        give_feedback(render=only_render(job), thumb="up")
    with django_assert_num_queries(6):  # session, staff, second factor, modes to filter by, count, rows
        charlie_client.get(reverse("admin:generations_feedback_changelist"))


def test_the_monitor_counts_the_last_day(render: Render):
    give_feedback(render=render, thumb="down", problem="lines")
    now = timezone.now()
    for at, count in ((now, 1), (now + timedelta(hours=25), 0)):
        facts = snapshot(at=at)
        assert (facts.thumbs_up, facts.thumbs_down, facts.problems) == (0, count, count)
