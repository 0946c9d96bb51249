"""What staff may do to somebody else's job. Every act leaves an audit entry."""

from django.db import transaction

from accounts.models import AuditEntry, User
from generations.actions.cancel import cancel_job
from generations.models import Job


@transaction.atomic
def staff_cancel(*, job: Job, actor: User) -> Job:
    """Cancels a job for its owner; credits go back as after the owner's own cancel. Raises CONFLICT when it has ended."""
    job = cancel_job(job=job)
    AuditEntry.objects.create(
        actor=actor, subject=job.user, action="cancel_job", details={"job": str(job.pk)}
    )
    return job
