"""The worker processes as one group: started together, replaced together, never outlived by an orphan."""

import contextlib
import multiprocessing
import os
import signal
import time
from multiprocessing.context import ForkProcess

from django.db import connections


class Cluster:
    """django-q2's cluster in a process group of its own.

    It is forked from the supervisor, which has everything loaded: under repeated kills a start must be a matter of
    tenths of a second. Loading anew takes two or three, in which nothing is drawn.
    """

    def __init__(self) -> None:
        self._process: ForkProcess | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def start(self) -> None:
        connections.close_all()  # no two processes may speak through one
        self._process = multiprocessing.get_context("fork").Process(target=_run)
        self._process.start()

    def stop(self, *, grace: float) -> None:
        """Asks the cluster to finish what it holds, then kills what is left of the group after `grace` seconds."""
        if self._process is None:
            return
        if self.is_running:
            self._process.terminate()
            self._wait(grace)
        self._kill_group()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.is_running and time.monotonic() < deadline:
            time.sleep(0.05)

    def _kill_group(self) -> None:
        """Orphans keep working after their parent was killed: the whole group has to go."""
        assert self._process is not None
        assert self._process.pid is not None
        self._process.kill()  # by itself, for it may not have made its group yet
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()
        self._process = None


def _run() -> None:
    """A cluster, in the process just forked."""
    from django.core.management import call_command

    os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    call_command("qcluster")
