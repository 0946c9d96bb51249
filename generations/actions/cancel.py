"""Stops a job."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from credits import actions as ledger
from credits.models import CreditAccount
from generations.actions.outcome import call_off, settle
from generations.models import Attempt, Job
from generations.states import JobStatus, RenderStatus


@transaction.atomic
def cancel_job(*, job: Job) -> Job:
    """Ends what is not yet delivered and gives its credits back. A second cancel changes nothing.

    Raises CONFLICT when the job has ended in another way.
    """
    CreditAccount.objects.locked(job.user)
    job = Job.objects.select_for_update().select_related("user").get(pk=job.pk)
    if job.status == JobStatus.CANCELED:
        return job
    if job.has_ended:
        raise AppError("CONFLICT", _("This one has finished already."))
    now = timezone.now()
    live = list(job.renders.live().select_for_update().values_list("pk", flat=True))
    call_off(Attempt.objects.filter(render__in=live), at=now)
    ended = {"status": RenderStatus.CANCELED, "ended_at": now, "lease_until": None, "next_poll_at": None}
    job.renders.live().update(**ended)
    for render_uuid in live:
        ledger.refund(user=job.user, render_uuid=render_uuid)
    job.cancel_requested = True
    job.save(update_fields=["cancel_requested"])
    settle(job, at=now)
    return job
