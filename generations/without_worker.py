"""The work of hosts that run no worker: done a little at a time by whoever calls for it, a timer mostly."""

import time
from datetime import datetime

from django.utils import timezone
from django.utils.module_loading import import_string

from generations.export.build import build_next
from generations.models import Chore, Worker
from generations.queue import forget_messages
from generations.run import run_next
from generations.supervisor import CHORES, mend

MOST = 5  # pictures or archives a call
SECONDS = 20.0  # after which nothing more is begun


def process_waiting() -> int:
    """Does up to MOST of what is due, one after the other; how many that were. Safe beside workers and beside itself."""
    mend(at=timezone.now())
    stops_at, done = time.monotonic() + SECONDS, 0
    while done < MOST and time.monotonic() < stops_at and (run_next() or build_next()):
        done += 1
    _stand_in_for_the_worker(timezone.now())
    return done


def _stand_in_for_the_worker(at: datetime) -> None:
    """Where there is none: what comes round by the clock is done here, and messages that nobody reads go."""
    if Worker.objects.alive(at=at).exists():
        return
    for chore, every in CHORES.items():
        if Chore.objects.take(chore, at=at, every=every):
            import_string(chore)()
    forget_messages()
