"""Who draws what: takes the best due render by a conditional UPDATE, and keeps its lease alive."""

import logging
import threading
from collections import Counter
from contextvars import copy_context
from datetime import datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, transaction
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from generations.models import Job, Render
from generations.states import LEASED, JobStatus, RenderStatus, Stage

logger = logging.getLogger(__name__)

CANDIDATES = 8  # when others are quicker with the best one, the next is tried


def claim_next(*, at: datetime) -> Render | None:
    """The best due render, now held by the caller; None when there is nothing to do.

    Best is: highest priority, then the user with the fewest renders being drawn, then the oldest.
    """
    for render in in_order(Render.objects.claimable(at=at))[:CANDIDATES]:
        if _claim(render, at=at):
            return Render.objects.select_related("job__user").get(pk=render.pk)
    return None


def in_order(renders: QuerySet[Render]) -> QuerySet[Render]:
    """Renders in the order in which they are to be drawn."""
    busy = Counter(Render.objects.filter(status__in=LEASED).values_list("job__user_id", flat=True))
    whens = [When(job__user_id=user_id, then=Value(count)) for user_id, count in busy.items()]
    share = Case(*whens, default=Value(0), output_field=IntegerField())
    return renders.annotate(share=share).order_by("-priority", "share", "not_before", "created_at")


@transaction.atomic
def _claim(render: Render, *, at: datetime) -> bool:
    taken = Render.objects.claimable(at=at).filter(pk=render.pk, claim_no=render.claim_no)
    if not taken.update(
        status=RenderStatus.DRAWING,
        claim_no=F("claim_no") + 1,
        claimed_by=settings.WORKER_ID,
        lease_until=at + settings.RENDER_LEASE,
        started_at=Coalesce(F("started_at"), at),
        deadline=Coalesce(F("deadline"), at + settings.RENDER_DEADLINE),
    ):
        return False
    Job.objects.filter(pk=render.job_id, status=JobStatus.QUEUED).update(
        status=JobStatus.PROCESSING, stage=Stage.DRAWING, started_at=at
    )
    return True


class Lease:
    """Renews a claim from a thread of its own until the block ends. A claim lost meanwhile is not won back."""

    def __init__(self, render: Render) -> None:
        self.render = render
        self.every: timedelta = settings.RENDER_LEASE / 3
        self._done = threading.Event()
        # In a copy of this context: the thread's log lines name the job and render too.
        keep_alive = partial(copy_context().run, self._keep_alive)
        self._thread = threading.Thread(target=keep_alive, name=f"lease-{render.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def renew(self) -> bool:
        """Moves the end of the lease; False when the claim is lost."""
        until = timezone.now() + settings.RENDER_LEASE
        return bool(Render.objects.held_as(self.render).update(lease_until=until))

    def _keep_alive(self) -> None:
        while not self._done.wait(self.every.total_seconds()):
            try:
                close_old_connections()
                if not self.renew():
                    break
            except DatabaseError:  # away or busy for a moment: the next round may still be in time
                logger.warning("lease not renewed")
        connection.close()
