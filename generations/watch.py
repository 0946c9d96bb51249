"""Keeps a cluster of workers alive: the loop of `manage.py worker`."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error as DatabaseAway
from django.db import close_old_connections, connection
from django.utils import timezone

from generations import supervisor
from generations.cluster import Cluster
from generations.models import Attempt, Export, Render, Worker
from generations.queue import QueueAway
from generations.states import LEASED

logger = logging.getLogger(__name__)

TICK = 1.0  # seconds between two looks for due work
HEAL_EVERY = 5  # ticks
OVERDUE_AFTER = timedelta(seconds=20)
QUIET_FOR = timedelta(seconds=10)
RESTART_PAUSE = timedelta(seconds=3)  # for a cluster that ends as soon as it is started
GRACE = 30.0  # seconds for the cluster to finish what it holds


class Watch:
    """One supervisor and its cluster."""

    def __init__(self, *, is_over: Callable[[], bool]) -> None:
        self.is_over = is_over
        self.worker = Worker(pk=settings.WORKER_ID)
        self.cluster = Cluster()
        self.ticks = 0
        self.steady_since = timezone.now()  # when the cluster last started, or last missed what it needs

    def wait_for_database(self) -> None:
        """Returns when the database answers, or when it is over."""
        while not self.is_over():
            try:
                connection.ensure_connection()
            except DatabaseAway:
                logger.warning("database away, waiting for it")
                time.sleep(TICK)
            else:
                return

    def run(self) -> None:
        """Watches until `is_over()`, then lets the cluster finish and stops it."""
        self._start()
        try:
            while not self.is_over():
                self._tick()
                time.sleep(TICK)
        finally:
            self.cluster.stop(grace=GRACE)
            self._forget()

    def _tick(self) -> None:
        """One round; a database or queue that is away is waited for, everything else is a fault of ours and says so."""
        try:
            close_old_connections()
            self._round(timezone.now())
        except DatabaseAway:
            logger.warning("database away, waiting for it")
            connection.close()
            self.steady_since = timezone.now()
        except QueueAway:
            logger.warning("queue away, waiting for it")
            self.steady_since = timezone.now()
        except Exception:  # a fault of ours in one round must not end all healing
            logger.exception("a round of the watch failed")

    def _round(self, at: datetime) -> None:
        if self.ticks % HEAL_EVERY == 0:
            self._say_alive(at)
            supervisor.heal(at=at)
        self.ticks += 1
        supervisor.publish_due(at=at)
        if self._is_down(at) or self._is_stuck(at):
            self._replace()

    def _is_down(self, at: datetime) -> bool:
        return not self.cluster.is_running and at - self.steady_since >= RESTART_PAUSE

    def _is_stuck(self, at: datetime) -> bool:
        """Work is overdue, not all of our workers have some, and none of them has taken any for a while."""
        if at - self.steady_since < QUIET_FOR:
            return False
        if not Render.objects.claimable(at=at - OVERDUE_AFTER).exists():
            return False
        ours = Render.objects.filter(claimed_by=self.worker.pk)
        busy = (
            ours.filter(status__in=LEASED, lease_until__gt=at).count() + Export.objects.in_hand(at=at).count()
        )
        active = Attempt.objects.filter(started_at__gt=at - QUIET_FOR, render__claimed_by=self.worker.pk)
        return busy < settings.WORKERS and not active.exists()

    def _replace(self) -> None:
        logger.warning("replacing the worker processes")
        self.cluster.stop(grace=0)
        self._start()
        self.worker.restarts += 1

    def _start(self) -> None:
        self.cluster.start()
        self.steady_since = timezone.now()

    def _say_alive(self, at: datetime) -> None:
        self.worker.seen_at = at
        self.worker.processes = settings.WORKERS if self.cluster.is_running else 0
        self.worker.save()
        Worker.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()

    def _forget(self) -> None:
        try:
            Worker.objects.filter(pk=self.worker.pk).delete()
        except DatabaseAway:
            logger.warning("database away while stopping")
