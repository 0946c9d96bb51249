"""Real worker processes on the tests' own database, and the means to hurt them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from accounts.models import User
from credits.actions import grant
from credits.invariants import violations
from credits.models import CreditEvent, Reason
from generations.invariants import jobs_agree
from generations.models import Asset, Job
from generations.report import DRAWING_FROM
from tests.factories import create_job, only_render

PROC = Path("/proc")
HEALED_WITHIN = 60  # seconds


def database_url() -> str:
    """The tests' database as DATABASE_URL."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    host = facts["HOST"].replace("/", "%2F")
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{host}:{facts['PORT']}/{facts['NAME']}"


def environment(**changes: str) -> dict[str, str]:
    """What a process of ours needs to work on the tests' database and files."""
    ours = {"DATABASE_URL": database_url(), "VAR_DIR": str(settings.VAR_DIR), "PROVIDERS": "fake"}
    return {**os.environ, **ours, **changes}


@contextmanager
def worker(**changes: str) -> Iterator["Workers"]:
    """`manage.py worker`, stopped at the end whatever happened to it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
    log = (settings.VAR_DIR / "worker.log").open("ab")
    process = subprocess.Popen(command, env=environment(**changes), stdout=log, stderr=log)
    workers = Workers(process)
    try:
        yield workers
    finally:
        workers.stop()
        log.close()


class Workers:
    """The supervisor and, below it, the processes of its cluster."""

    def __init__(self, supervisor: "subprocess.Popen[bytes]") -> None:
        self.supervisor = supervisor

    def cluster(self) -> list[int]:
        """Ids of the cluster's processes, parent first."""
        return descendants_of(self.supervisor.pid)

    def send_all(self, number: int, pids: list[int]) -> None:
        for pid in pids:
            self.send(number, pid)

    def send(self, number: int, pid: int) -> None:
        """A signal; a process that is gone already does not mind."""
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return

    def put_to_sleep(self) -> list[int]:
        """Stops the cluster and says which processes sleep; none of them in the middle of a write to SQLite.

        The lock it would keep is the file's only one: nobody could write until it wakes.
        """
        while True:
            pids = self.cluster()
            self.send_all(signal.SIGSTOP, pids)
            if is_writable():
                return pids
            self.send_all(signal.SIGCONT, pids)
            time.sleep(0.05)

    def stop(self) -> None:
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(signal.SIGTERM)
        self.supervisor.wait(timeout=60)


def give(user: User, credits: int) -> None:
    grant(user=user, amount=credits, reason=Reason.PURCHASE, key="chaos")


def all_ended() -> bool:
    return not Job.objects.live().exists()


def is_drawing(job: Job) -> bool:
    """A worker has claimed it, written its attempt and told how far it is."""
    return Job.objects.filter(pk=job.pk, progress_percent__gte=DRAWING_FROM).exists()


def is_writable() -> bool:
    if connection.vendor != "sqlite":
        return True
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0.2)) as probe:
        try:
            probe.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
    return True


def wait_for_start(user: User) -> None:
    """The cluster draws: a first page is through."""
    create_job(user)
    wait_until(all_ended, seconds=HEALED_WITHIN)


def assert_sound() -> None:
    """Ledger and rows keep every promise."""
    assert violations() == []
    assert jobs_agree() == []


def assert_one_effect(job: Job) -> None:
    """Delivered with exactly one picture, for exactly one charge."""
    render = only_render(job)
    assert (render.status, render.error_code) == ("delivered", "")
    assert Asset.objects.filter(render=render, kind=Asset.Kind.PICTURE).count() == 1
    events = CreditEvent.objects.filter(render_uuid=render.pk).values_list("reason", flat=True)
    assert list(events) == [Reason.CHARGE]


def children_of(pid: int) -> list[int]:
    """Direct children, from /proc."""
    try:
        words = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(word) for word in words]


def descendants_of(pid: int) -> list[int]:
    children = children_of(pid)
    return children + [below for child in children for below in descendants_of(child)]


def wait_until(fact: Callable[[], bool], *, seconds: float, every: float = 0.1) -> float:
    """Waits for a fact; how long it took. AssertionError when it does not come true in time."""
    start = time.monotonic()
    while not fact():
        waited = time.monotonic() - start
        assert waited < seconds, f"not true after {waited:.0f} s"
        time.sleep(every)
    return time.monotonic() - start
