"""Mails that say that a job has ended: without a name, without a word that anybody typed.

At most once: who sends it takes the mark away first, by a conditional UPDATE, so a worker that is killed while sending loses
the mail rather than sending it twice. When the mail server refuses, nothing was sent, and it is tried again for an hour.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.emails import send
from config.logs import about
from generations.models import Job
from generations.states import JobStatus

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(hours=1)  # from the end of the job
CANDIDATES = 8


def mail_next() -> bool:
    """Sends the mail that is due longest; False when there is none."""
    at = timezone.now()
    due = Job.objects.to_mail_about(at=at).order_by("email_due_at").select_related("user")
    job = next((one for one in due[:CANDIDATES] if _takes(one)), None)
    if job is None:
        return False
    with about(job=job.pk):
        _send(job, at)
    return True


def _takes(job: Job) -> bool:
    """False when somebody else was quicker."""
    return bool(Job.objects.filter(pk=job.pk, email_due_at=job.email_due_at).update(email_due_at=None))


def _send(job: Job, at: datetime) -> None:
    if not job.user.is_active:
        return
    address = f"{settings.PUBLIC_URL}{reverse('generations:job', args=[job.pk])}"
    try:
        with translation.override(job.user.language or settings.LANGUAGE_CODE):
            send(_name_of(job), to=job.user.email, context={"link": address})
        logger.info("mail sent: job has ended")
    except OSError as error:  # smtplib's errors are such
        logger.error("a mail about a job could not be sent", extra={"code": type(error).__name__})
        _try_later(job, at)


def _name_of(job: Job) -> str:
    return "ready" if job.status == JobStatus.SUCCEEDED else "not_ready"


def _try_later(job: Job, at: datetime) -> None:
    if job.finished_at and at + AGAIN_AFTER < job.finished_at + GIVEN_UP_AFTER:
        Job.objects.filter(pk=job.pk, email_due_at=None).update(email_due_at=at + AGAIN_AFTER)
