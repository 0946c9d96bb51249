"""Damaged files through the real site: every one is taken or refused, and no process dies or grows."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from accounts.models import User
from credits.actions import grant
from credits.models import Reason
from generations.models import Asset, Job
from generations.uploads.formats import kind_of
from tests.chaos.harness import all_ended, assert_sound, wait_until, worker
from tests.factories import create_job, create_key
from tests.hostile.damage import Damaged, damaged_files
from tests.hostile.memory import held
from tests.hostile.seeds import REFUSED, SEEDS, opened
from tests.hostile.web import Web, web

TAKEN, REFUSALS = 201, {413, 415, 422}
MOST_GROWTH = 200  # MiB
FILES, ALL_FILES = 300, 10_000
BOUNDARY = "-----a-boundary-that-no-photo-holds"
WARM_AFTER = 20  # files after which everything is loaded that ever is


@dataclass
class Run:
    """One long sending of files, and what was answered."""

    site: Web
    secret: str
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    photos: set[str] = field(default_factory=set)  # the same damage twice gives the same photo
    faults: list[str] = field(default_factory=list)

    def send(self, file: Damaged) -> None:
        status, body = upload(self.site, self.secret, file.raw)
        self.answers[file.kind, status] += 1
        if status == TAKEN:
            self.photos.add(json.loads(body)["data"]["id"])
        elif status not in REFUSALS:
            self.faults.append(f"{status} for {file.kind} after {file.done}: {body[:200]!r}")

    def count(self, *statuses: int) -> int:
        return sum(number for (_kind, status), number in self.answers.items() if status in statuses)


def upload(site: Web, secret: str, raw: bytes) -> tuple[int, bytes]:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n'
    body = head.encode() + raw + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return site.send(
        "POST", "/api/v1/uploads/direct", body, Authorization=f"Bearer {secret}", Content_Type=kind
    )


def send_many(run: Run, files: int) -> None:
    """Files as Hypothesis thinks them up. Not made smaller when one fails: it is told with its damage."""

    @settings(
        max_examples=files,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged_files())
    def send(file: Damaged) -> None:
        run.send(file)

    send()


def draw_some(user: User, *, at_most: int) -> None:
    """Pages of damaged photos that were taken: the worker reads what the web has kept."""
    for photo in list(Asset.objects.filter(user=user, kind=Asset.Kind.ORIGINAL)[:at_most]):
        create_job(user, photos=[photo])
    wait_until(all_ended, seconds=600)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_limits")
def test_damaged_photos_end_no_process_and_fill_no_memory(
    alice: User, request: pytest.FixtureRequest
) -> None:
    """300 files, 10,000 with --full."""
    files = ALL_FILES if request.config.getoption("--full") else FILES
    grant(user=alice, amount=files // 100, reason=Reason.PURCHASE, key="pages")
    limits = {"FREE_UPLOADS_AN_HOUR": "1000000"}
    with web(**limits) as site, worker(PROVIDERS="embedded") as workers:
        run = Run(site, create_key(alice).secret)
        send_many(run, WARM_AFTER)
        draw_some(alice, at_most=1)
        before = held([*site.pids(), *workers.cluster()])
        started = time.monotonic()
        send_many(run, files - WARM_AFTER)
        seconds = time.monotonic() - started
        draw_some(alice, at_most=files // 100)
        after = held([*site.pids(), *workers.cluster()])
    told(run, files, seconds, before, after)
    assert run.faults == []
    assert set(after) == set(before), "a process has died or was started"
    assert max(after[pid] - before[pid] for pid in before) < MOST_GROWTH
    assert Asset.objects.filter(kind=Asset.Kind.ORIGINAL).count() == len(run.photos)
    assert_sound()


def told(run: Run, files: int, seconds: float, before: dict[int, float], after: dict[int, float]) -> None:
    """The numbers, for whoever asks for them with -s."""
    growth = {pid: round(after.get(pid, 0) - before[pid], 1) for pid in before}
    facts = {
        "files": files,
        "seconds": round(seconds),
        "taken": run.count(TAKEN),
        "refused": run.count(*REFUSALS),
        "other": len(run.faults),
        "answers": {f"{kind} {status}": number for (kind, status), number in sorted(run.answers.items())},
        "MiB before": {pid: round(size) for pid, size in before.items()},
        "MiB grown": growth,
        "jobs": Job.objects.count(),
    }
    print(json.dumps(facts, indent=1))


def test_the_seeds_are_good_pictures_of_eight_kinds() -> None:
    assert len(SEEDS) == 8
    for kind, seeds in SEEDS.items():
        for raw in seeds:
            assert min(opened(raw).size) >= 16
            assert (kind_of(raw) is None) == (kind in REFUSED)
