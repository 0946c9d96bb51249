"""Somebody waits for what is drawn elsewhere."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from generations.models import Render
from generations.queue import publish
from generations.states import RenderStatus, Stage

STALE_AFTER = timedelta(seconds=5)


def look_soon(*, job_id: UUID, stage: str, at: datetime) -> None:
    """What was not looked at for 5 s is due now. Jobs that wait for nobody cost no query."""
    if stage == Stage.WAITING:
        _bring_forward(job_id, at)


@transaction.atomic
def _bring_forward(job_id: UUID, at: datetime) -> None:
    waiting = Render.objects.filter(job=job_id, status=RenderStatus.WAITING)
    if waiting.filter(looked_at__lte=at - STALE_AFTER, next_poll_at__gt=at).update(next_poll_at=at):
        publish()
