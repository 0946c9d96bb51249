"""A mail when a job has ended: once, to whoever asked, with nobody's words in it."""

import json
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.models import User
from config.errors import AppError
from generations import progress, ready_mails
from generations.actions import cancel_job, email_when_ready
from generations.actions.outcome import fail, settle
from generations.models import Job, Render
from generations.ready_mails import mail_next
from generations.states import RenderError
from generations.supervisor import publish_due
from tests.factories import create_job, create_photo, deliver_job, draw_all, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]


def address(job: Job) -> str:
    return reverse("generations:email_when_ready", args=[job.pk])


def page(client: Client, job: Job) -> str:
    return client.get(reverse("generations:job", args=[job.pk])).content.decode()


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: object) -> int:
        raise smtplib.SMTPServerDisconnected


@pytest.fixture
def refusing(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def test_one_mail_at_the_end(alice: User):
    job = deliver_job(create_job(alice, prompt="Mia on a swing", email_when_ready=True))
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([alice.email], "Your pages are ready")
    assert f"/jobs/{job.pk}/" in message.body
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    assert f"/jobs/{job.pk}/" in html
    assert not any(word in message.body + html for word in ("Mia", "swing"))
    assert not mail_next()


def test_without_a_wish_there_is_none(alice: User):
    deliver_job(create_job(alice))
    assert mail.outbox == []


def test_one_that_failed_is_told_kindly(alice: User):
    deliver_job(create_job(alice, prompt="rejected", email_when_ready=True))
    (message,) = mail.outbox
    assert message.subject == "This one did not work"
    assert "credits for it are back" in message.body


def test_who_cancels_knows(alice: User):
    cancel_job(job=create_job(alice, email_when_ready=True))
    draw_all()
    assert mail.outbox == []


def test_a_late_present_is_no_second_end(alice: User):
    render = only_render(create_job(alice, email_when_ready=True))
    fail(render=render, code=RenderError.TIMED_OUT, at=timezone.now())
    draw_all()
    Render.objects.filter(pk=render.pk).update(status="delivered", error_code="", is_present=True)
    settle(Job.objects.get(pk=render.job_id), at=timezone.now())
    draw_all()
    assert len(mail.outbox) == 1


def test_it_is_in_the_owners_language(alice: User, monkeypatch: pytest.MonkeyPatch):
    User.objects.filter(pk=alice.pk).update(language="de")
    seen = []
    monkeypatch.setattr(
        ready_mails, "send", lambda *_a, **_w: seen.append(ready_mails.translation.get_language())
    )
    deliver_job(create_job(User.objects.get(pk=alice.pk), email_when_ready=True))
    assert seen == ["de"]


def test_of_two_workers_one_sends_it(alice: User):
    """Both have read the row; the one that is slower finds the mark gone."""
    job = create_job(alice, email_when_ready=True)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    one, other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    assert [ready_mails._takes(one), ready_mails._takes(other)] == [True, False]


def test_a_worker_that_is_killed_while_sending_leaves_no_second_mail(
    alice: User, monkeypatch: pytest.MonkeyPatch
):
    def killed(*_arguments: object, **_wishes: object) -> None:
        raise KeyboardInterrupt

    job = create_job(alice, email_when_ready=True)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    with monkeypatch.context() as patched:
        patched.setattr(ready_mails, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            mail_next()
    assert not mail_next()
    assert mail.outbox == []


@pytest.mark.usefixtures("refusing")
def test_a_server_that_refuses_is_tried_again_for_an_hour(
    alice: User, settings: Settings, caplog: pytest.LogCaptureFixture
):
    job = deliver_job(create_job(alice, email_when_ready=True))
    assert alice.email not in caplog.text
    assert job.email_due_at
    assert job.email_due_at > timezone.now()
    assert not mail_next()  # not at once
    Job.objects.update(email_due_at=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_next()
    assert (len(mail.outbox), mail_next()) == (1, False)


@pytest.mark.usefixtures("refusing")
def test_and_then_given_up(alice: User):
    deliver_job(create_job(alice, email_when_ready=True))
    Job.objects.update(finished_at=timezone.now() - timedelta(hours=1), email_due_at=timezone.now())
    assert mail_next()
    assert Job.objects.get().email_due_at is None


def test_a_blocked_account_gets_none(alice: User):
    job = create_job(alice, email_when_ready=True)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    assert mail_next()
    assert mail.outbox == []


def test_the_supervisor_publishes_one_whose_message_was_lost(alice: User):
    job = create_job(alice, email_when_ready=True)
    fail(render=only_render(job), code=RenderError.TIMED_OUT, at=timezone.now())
    OrmQ.objects.all().delete()
    assert publish_due(at=timezone.now()) == 1


def test_after_the_end_it_is_too_late(alice: User):
    job = deliver_job(create_job(alice))
    with pytest.raises(AppError) as caught:
        email_when_ready(job=job, is_wanted=True)
    assert caught.value.code == "CONFLICT"
    assert not Job.objects.get().email_when_ready


# --- Pages and API --------------------------------------------------------------------------------------------------


def test_it_is_offered_for_what_takes_long(
    alice: User, alice_client: Client, monkeypatch: pytest.MonkeyPatch
):
    job = create_job(alice)
    assert address(job) not in page(alice_client, job)
    with monkeypatch.context() as slow:
        slow.setattr(progress, "usual_seconds", lambda _mode: 31.0)
        assert "Tell me by e-mail" in page(alice_client, job)
    alice_client.post(address(job), {"wanted": "1"})
    assert "We will send you an e-mail" in page(alice_client, job)
    alice_client.post(address(job))
    assert not Job.objects.get().email_when_ready


def test_pressed_too_late_it_says_so(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice))
    answer = alice_client.post(address(job), {"wanted": "1"}, follow=True)
    assert "finished already" in answer.content.decode()


def test_by_the_api(alice: User, alice_client: Client):
    body = {"upload_ids": [str(create_photo(alice).pk)], "email_when_ready": True, "idempotency_key": "k"}
    send = [json.dumps(one) for one in (body, body, {**body, "email_when_ready": False})]
    answers = [alice_client.post("/api/v1/generations", one, "application/json").status_code for one in send]
    assert answers == [202, 202, 422]
    draw_all()
    assert len(mail.outbox) == 1
