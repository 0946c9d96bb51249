"""Stops a job, or what of it nobody can want any more."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from credits import actions as ledger
from credits.models import CreditAccount
from generations.actions.outcome import call_off, settle
from generations.models import Asset, Attempt, Job, Render
from generations.models.render import RenderQuerySet
from generations.modes import MODES
from generations.states import JobStatus, RenderStatus


@transaction.atomic
def cancel_job(*, job: Job) -> Job:
    """Ends what is not yet delivered and gives its credits back. A second cancel changes nothing.

    Raises CONFLICT when the job has ended in another way.
    """
    job = _locked(job)
    if job.status == JobStatus.CANCELED:
        return job
    if job.has_ended:
        raise AppError("CONFLICT", _("This one has finished already."))
    job.cancel_requested = True
    _end(job, job.renders.live())
    return job


@transaction.atomic
def cancel_pages_of(*, job: Job, photos: Iterable[Asset]) -> None:
    """Ends what of a job is still to be drawn from these photos: of a book their pages, of anything else all of it."""
    job = _locked(job)
    pages = job.renders.live()
    if MODES[job.mode].draws_each_photo:
        of_photos = job.job_inputs.filter(asset__in=photos)
        pages = pages.filter(position__in=of_photos.values("position"))
    if not job.has_ended:
        others = job.renders.exclude(pk__in=pages.values("pk"))
        job.cancel_requested = not others.exclude(status=RenderStatus.CANCELED).exists()
        _end(job, pages)


def _locked(job: Job) -> Job:
    """The job, after its account: the order in which all locks are taken."""
    CreditAccount.objects.locked(job.user)
    return Job.objects.select_for_update().select_related("user").get(pk=job.pk)


def _end(job: Job, renders: RenderQuerySet) -> None:
    now = timezone.now()
    ending = list(renders.select_for_update().values_list("pk", flat=True))
    call_off(Attempt.objects.filter(render__in=ending), at=now)
    ended = {"status": RenderStatus.CANCELED, "ended_at": now, "lease_until": None, "next_poll_at": None}
    Render.objects.filter(pk__in=ending).update(**ended)
    for render_uuid in ending:
        ledger.refund(user=job.user, render_uuid=render_uuid)
    job.save(update_fields=["cancel_requested"])
    settle(job, at=now)
