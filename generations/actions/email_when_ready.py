"""A mail when a job has ended, for whoever asked for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from config.errors import AppError
from generations.models import Job
from generations.queue import publish
from generations.states import JobStatus


def email_when_ready(*, job: Job, is_wanted: bool) -> None:
    """Raises CONFLICT when the job has ended: then there is nothing left to tell."""
    if not Job.objects.live().filter(pk=job.pk).update(email_when_ready=is_wanted):
        raise AppError("CONFLICT", _("This one has finished already."))
    job.email_when_ready = is_wanted


def call_for_mail(job: Job, *, at: datetime) -> None:
    """Marks an ending job whose owner wants a mail, in the transaction that ends it and that saves the mark.

    Who has cancelled it knows.
    """
    if job.email_when_ready and job.status != JobStatus.CANCELED:
        job.email_due_at = at
        publish()
