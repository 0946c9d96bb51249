"""Child processes as sessions of their own: started, started again when they die, and ended with all they started."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_PAUSE = 30.0  # seconds between two starts of something that keeps dying
PR_SET_CHILD_SUBREAPER = 36  # from <sys/prctl.h>
STEADY_AFTER = 60.0  # seconds after which a start counts as a good one


@dataclass
class Child:
    """One program that is meant to run for as long as its keeper. `inherited` are file descriptors it may use."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    inherited: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0

    def start(self) -> None:
        environment = {**os.environ, **self.environment}
        self.started_at = time.monotonic()
        # A session of its own: Ctrl-C in the terminal reaches only the keeper, which then ends the others in order.
        self.process = subprocess.Popen(
            self.command, env=environment, pass_fds=self.inherited, start_new_session=True
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def pause(self) -> float:
        """Seconds from one start to the next: none at first, then 1, 2, 4 ... for what dies again and again."""
        return min(2.0 ** (self.failures - 1), LONGEST_PAUSE) if self.failures else 0.0

    def keep_running(self) -> None:
        """Starts it again when it is gone, after a pause that grows while it keeps dying."""
        age = time.monotonic() - self.started_at
        if self.is_running():
            self.failures = 0 if age > STEADY_AFTER else self.failures
        elif age >= self.pause():
            self.failures += 1
            self.start()


def running_parents() -> dict[int, int]:
    """The parent of every running process, by pid. From /proc, or from ps where there is none (macOS)."""
    if Path("/proc/self/stat").exists():
        return dict(_parents_in_proc())
    table = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return {int(pid): int(parent) for pid, parent in (line.split() for line in table.splitlines())}


def _parents_in_proc() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            # "pid (name) state ppid ...": the name may hold spaces and brackets
            yield int(entry.parent.name), int(entry.read_text().rpartition(")")[2].split()[1])


def groups_below(pid: int) -> set[int]:
    """The process groups of a process and of all that it started, also of those in sessions of their own."""
    parents = running_parents()
    family = {pid}
    while found := {child for child, parent in parents.items() if parent in family} - family:
        family |= found
    return set(_groups_of(family))


def _groups_of(pids: Iterable[int]) -> Iterator[int]:
    for pid in pids:
        with suppress(ProcessLookupError):
            yield os.getpgid(pid)


def stop(children: Sequence[Child], *, grace: float) -> None:
    """Asks all to end (SIGTERM), waits up to `grace` seconds, then kills every group of theirs that is left."""
    running = [child.process for child in children if child.process and child.is_running()]
    groups = set[int]().union(*(groups_below(process.pid) for process in running)) - {os.getpgrp()}
    for process in running:
        process.terminate()
    _wait(running, until=time.monotonic() + grace)
    _kill(groups)
    for process in running:
        process.wait()


def adopt_orphans() -> None:
    """Makes this process the parent of what its dead children leave behind, so that it can be found (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(children: Sequence[Child]) -> None:
    """Kills every group below this process that is neither its own nor one of its running children's."""
    kept = [groups_below(child.process.pid) for child in children if child.process and child.is_running()]
    _kill(groups_below(os.getpid()) - {os.getpgrp()} - set[int]().union(*kept))


def _kill(groups: Iterable[int]) -> None:
    for group in groups:
        # Gone; or gone and its number given to another user's.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def _wait(processes: Iterable[subprocess.Popen[bytes]], *, until: float) -> None:
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, until - time.monotonic()))
