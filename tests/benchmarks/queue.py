"""Queue and ledger, measured: pickup, renders a second, submissions a second, check_ledger; beside the bare django-q2.

Run: python -m tests.benchmarks.queue [--workers 2] [--events 100000]
On PostgreSQL: DATABASE_URL=postgres://... names an empty database that may be filled.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare() -> None:
    """A folder and settings of this run's own; drawing is a dot, limits are off."""
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="scribble-bench-"))
    os.environ.update(PROVIDERS="fake", DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    for name in ("FREE_UPLOADS_AN_HOUR", "FREE_PAGES_AN_HOUR", "FREE_PAGES_A_DAY", "FREE_JOBS_IN_FLIGHT"):
        os.environ[name] = "1000000"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@contextmanager
def workers(command: str, count: int) -> Iterator[None]:
    """`manage.py worker` or the bare `qcluster` beside this process."""
    words = [sys.executable, str(ROOT / "manage.py"), command]
    environment = {**os.environ, "WORKERS": str(count), "IS_WORKER": "1"}
    process = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(4)
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def line(name: str, value: str) -> None:
    print(f"{name:52} {value}", flush=True)


def measure_pickup(count: int = 40) -> None:
    """Seconds from an idle queue's new job to its claim."""
    from generations.models import Render
    from tests.factories import create_job, create_photo, create_user

    user = create_user("pickup@example.org", credits=count)
    photos = [create_photo(user)]
    time.sleep(4)  # the hourly work of a first start is done
    for number in range(count):
        create_job(user, photos=photos)
        time.sleep(0.35 + 0.01 * (number % 7))
    wait_for(lambda: not Render.objects.live().exists())
    waits = [
        (render.started_at - render.created_at).total_seconds()
        for render in Render.objects.filter(job__user=user)
        if render.started_at
    ]
    line("pickup from idle, p50 / p95", f"{statistics.median(waits):.3f} / {p95(waits):.3f} s")


def measure_renders(count: int = 300) -> float:
    """No-op renders a second with every promise on: charge, lease, attempt, object, asset, delivery."""
    from generations.models import Render
    from tests.factories import create_job, create_photo, create_user

    user = create_user(f"renders{time.time_ns()}@example.org", credits=count)
    photos = [create_photo(user)]
    for _number in range(count):
        create_job(user, photos=photos)
    return rate(count, lambda: not Render.objects.live().exists())


def measure_bare(count: int = 300) -> float:
    """Tasks a second of django-q2's own cluster that do nothing."""
    from django_q.models import OrmQ
    from django_q.tasks import async_task

    for _number in range(count):
        async_task("math.floor", 1.5)
    return rate(count, lambda: not OrmQ.objects.exists())


def rate(count: int, is_done: Callable[[], bool]) -> float:
    start = time.perf_counter()
    wait_for(is_done)
    return count / (time.perf_counter() - start)


def measure_submissions(users: int = 50, each: int = 4) -> None:
    """Fifty people at once, each in a thread of their own."""
    from django.db import connection

    from tests.factories import create_job, create_photo, create_user

    people = [create_user(f"submit{number}@example.org", credits=each) for number in range(users)]
    photos = {person.pk: [create_photo(person)] for person in people}
    seconds: list[float] = []
    barrier = threading.Barrier(users)

    def ask(person: object) -> None:
        barrier.wait()
        for _number in range(each):
            start = time.perf_counter()
            create_job(person, photos=photos[person.pk])  # type: ignore[arg-type, attr-defined]
            seconds.append(time.perf_counter() - start)
        connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    line(f"submissions, {users} at once", f"{len(seconds) / took:.0f} a second, p95 {p95(seconds):.3f} s")


def measure_check(events: int) -> None:
    """check_ledger over that many events."""
    from credits.actions import grant
    from credits.invariants import violations
    from credits.models import CreditAccount, CreditEvent, Reason
    from tests.factories import create_user

    user = create_user("ledger@example.org", credits=0)
    grant(user=user, amount=1, reason=Reason.VOUCHER, key="first")
    account = CreditAccount.objects.of(user)
    rows = (
        CreditEvent(account=account, amount=1, balance_after=number, reason=Reason.VOUCHER, key=f"k{number}")
        for number in range(2, events + 1)
    )
    CreditEvent.objects.bulk_create(rows, batch_size=2000)
    CreditAccount.objects.filter(pk=account.pk).update(balance=events)
    start = time.perf_counter()
    assert violations() == []
    line(f"check_ledger, {events:,} events more", f"{time.perf_counter() - start:.2f} s")


def wait_for(is_done: Callable[[], bool], *, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, "not done in time"
        time.sleep(0.05)


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--workers", type=int, nargs="*", default=[2, 4])
    options.add_argument("--events", type=int, default=100_000)
    chosen = options.parse_args()
    prepare()
    with workers("worker", 2):
        measure_pickup()
    for count in chosen.workers:
        with workers("worker", count):
            ours = measure_renders()
        with workers("qcluster", count):
            bare = measure_bare()
        line(
            f"{count} workers: renders a second / bare tasks", f"{ours:.0f} / {bare:.0f} ({ours / bare:.2f})"
        )
    measure_submissions()
    measure_check(chosen.events)


if __name__ == "__main__":
    main()
