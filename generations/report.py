"""Tells a job how far its page is."""

import time

from generations.models import Job, Render
from generations.states import Stage

DRAWING_FROM, DRAWING_TO, FINISHING_AT = 20, 80, 90  # percent
PROGRESS_EVERY = 0.4  # seconds between two writes


class Progress:
    """Never back, and not more often than anyone could read."""

    def __init__(self, render: Render) -> None:
        self.render = render
        self._next_write = 0.0

    def __call__(self, stage: Stage, percent: float) -> None:
        if time.monotonic() < self._next_write:
            return
        self._next_write = time.monotonic() + PROGRESS_EVERY
        renders = self.render.job.renders
        done = renders.filter(ended_at__isnull=False).count()
        overall = int((100 * done + percent) / renders.count())
        job = Job.objects.filter(pk=self.render.job_id, finished_at=None, progress_percent__lte=overall)
        job.update(progress_percent=overall, stage=stage)
