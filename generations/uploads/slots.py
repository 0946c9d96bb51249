"""A fixed number of places on this machine, shared by all its processes and threads."""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generations.uploads.errors import DecoderBusy
from generations.uploads.limits import Limits

_LOOK_AGAIN_SECONDS = 0.05
_RETRY_AFTER_SECONDS = 5


def _try_lock(path: Path) -> int | None:
    """The descriptor of `path`, locked for us, or None when somebody else holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _first_free(slots_dir: Path, slots: int) -> int | None:
    tries = (_try_lock(slots_dir / f"decode-{number}.lock") for number in range(slots))
    return next((descriptor for descriptor in tries if descriptor is not None), None)


class Line:
    """Who waits in this process, in the order they came. Only the first one looks for a place."""

    def __init__(self) -> None:
        self.waiting: deque[object] = deque()
        self.moved = threading.Condition()

    @contextmanager
    def wait(self, most: int, until: float) -> Iterator[None]:
        """The block runs for the first in the line. Raises DecoderBusy when `most` wait already, or it is not our turn
        by `until`, a time of the monotonic clock."""
        ticket = self._join(most)
        try:
            with self.moved:
                if not self.moved.wait_for(lambda: self.waiting[0] is ticket, until - time.monotonic()):
                    raise DecoderBusy(_RETRY_AFTER_SECONDS)
            yield
        finally:
            with self.moved:
                self.waiting.remove(ticket)
                self.moved.notify_all()

    def _join(self, most: int) -> object:
        ticket = object()
        with self.moved:
            if len(self.waiting) >= most:
                raise DecoderBusy(_RETRY_AFTER_SECONDS)
            self.waiting.append(ticket)
        return ticket


_LINE = Line()


@contextmanager
def take_slot(
    slots_dir: Path,
    slots: int,
    wait_seconds: float,
    *,
    line: int = Limits.line,
    before_waiting: Callable[[], object] = lambda: None,
) -> Iterator[None]:
    """Hold one of `slots` places while the block runs. Raises DecoderBusy when none is free in time, and at once when
    `line` others of this process wait for one. `before_waiting` is called where there is not one at once.

    The kernel lets go of the lock with the process that held it, so a killed one leaves nothing behind.
    """
    slots_dir.mkdir(parents=True, exist_ok=True)
    descriptor = None if _LINE.waiting else _first_free(slots_dir, slots)
    if descriptor is None:
        before_waiting()
        descriptor = _waited_for(slots_dir, slots, line, time.monotonic() + wait_seconds)
    try:
        yield
    finally:
        os.close(descriptor)


def _waited_for(slots_dir: Path, slots: int, line: int, give_up_at: float) -> int:
    with _LINE.wait(line, give_up_at):
        while (descriptor := _first_free(slots_dir, slots)) is None:
            if time.monotonic() >= give_up_at:
                raise DecoderBusy(_RETRY_AFTER_SECONDS)
            time.sleep(_LOOK_AGAIN_SECONDS)
        return descriptor
