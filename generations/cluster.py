"""The worker processes as one group: started together, replaced together, never outlived by an orphan."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from uuid import UUID

from django.conf import settings


class Cluster:
    """django-q2's cluster in a process group of its own."""

    def __init__(self, worker_id: UUID) -> None:
        self.worker_id = worker_id
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "qcluster"]
        environment = {**os.environ, "IS_WORKER": "1", "WORKER_ID": str(self.worker_id)}
        self._process = subprocess.Popen(command, env=environment, start_new_session=True)

    def stop(self, *, grace: float) -> None:
        """Asks the cluster to finish what it holds, then kills what is left of the group after `grace` seconds."""
        if self._process is None:
            return
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)
            self._wait(grace)
        self._kill_group()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.is_running and time.monotonic() < deadline:
            time.sleep(0.05)

    def _kill_group(self) -> None:
        """Orphans keep working after their parent was killed: the whole group has to go."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
