"""A fixed number of places on this machine, shared by all its processes and threads."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generations.uploads.errors import DecoderBusy

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


@contextmanager
def take_slot(slots_dir: Path, slots: int, wait_seconds: float) -> Iterator[None]:
    """Hold one of `slots` places while the block runs. Raises DecoderBusy when none is free in time.

    The kernel lets go of the lock with the process that held it, so a killed one leaves nothing behind.
    """
    slots_dir.mkdir(parents=True, exist_ok=True)
    give_up_at = time.monotonic() + wait_seconds
    while (descriptor := _first_free(slots_dir, slots)) is None:
        if time.monotonic() >= give_up_at:
            raise DecoderBusy(_RETRY_AFTER_SECONDS)
        time.sleep(_LOOK_AGAIN_SECONDS)
    try:
        yield
    finally:
        os.close(descriptor)
