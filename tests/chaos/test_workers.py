"""Whatever dies, every job ends and nobody pays for nothing."""

import os
import random
import signal
import time
from datetime import datetime

import pytest
from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from generations.models import Asset, Render
from generations.monitor import percentile
from generations.states import RenderError
from generations.watch import OVERDUE_AFTER
from tests.chaos.harness import (
    HEALED_WITHIN,
    all_ended,
    assert_one_effect,
    assert_sound,
    give,
    is_drawing,
    wait_for_start,
    wait_until,
    worker,
)
from tests.factories import create_job, create_photo, only_render

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fake_provider", "no_limits"),
]


@pytest.mark.once
def test_a_poison_job_fails_after_three_claims_and_holds_nobody_up(alice: User) -> None:
    photos = [create_photo(alice)]
    with worker(RENDER_LEASE_SECONDS="2"):
        poison = create_job(alice, prompt="die", photos=photos)
        after = [create_job(alice, photos=photos) for _number in range(3)]
        wait_until(all_ended, seconds=150)
    render = only_render(poison)
    assert (render.error_code, render.claim_no) == (RenderError.WORKER_LOST, 3)
    assert [only_render(job).status for job in after] == ["delivered"] * 3
    assert_sound()


# The cluster's processes in the order in which they start, with one worker; the last to be killed is the worst.
PROCESSES = {"parent": 0, "guard": 1, "pusher": 4, "monitor": 3, "worker": 2}


@pytest.mark.once
def test_each_idle_process_killed_in_turn_is_healed(alice: User) -> None:
    with worker(WORKERS="1") as workers:
        wait_for_start(alice)
        for name, place in PROCESSES.items():
            wait_until(lambda: len(workers.cluster()) == len(PROCESSES), seconds=HEALED_WITHIN)
            workers.send(signal.SIGKILL, workers.cluster()[place])
            create_job(alice, scheduled_at=timezone.now() - OVERDUE_AFTER)  # the long form waits for that
            within = HEALED_WITHIN - OVERDUE_AFTER.total_seconds()
            print(f"{name} killed, healed in {wait_until(all_ended, seconds=within):.1f} s")
    assert_sound()


@pytest.mark.parametrize("place", range(6))
@pytest.mark.full
@pytest.mark.once
def test_each_idle_process_of_two_workers_killed_is_healed(alice: User, place: int) -> None:
    with worker() as workers:
        wait_for_start(alice)
        workers.send(signal.SIGKILL, workers.cluster()[place])
        create_job(alice)
        print(f"process {place} killed, healed in {wait_until(all_ended, seconds=HEALED_WITHIN):.1f} s")
    assert_sound()


@pytest.mark.once
def test_every_process_killed_at_once_is_healed(alice: User) -> None:
    with worker(RENDER_LEASE_SECONDS="5") as workers:
        wait_for_start(alice)
        busy = create_job(alice, prompt="sleep 1.5")
        wait_until(lambda: is_drawing(busy), seconds=10)
        workers.send_all(signal.SIGKILL, workers.cluster())
        wait_until(all_ended, seconds=HEALED_WITHIN)
    assert only_render(busy).status == "delivered"
    assert_sound()


@pytest.mark.once
def test_a_worker_asleep_past_its_lease_changes_nothing(alice: User) -> None:
    with worker(RENDER_LEASE_SECONDS="2") as workers:
        job = create_job(alice, prompt="sleep 1")
        wait_until(lambda: is_drawing(job), seconds=30)
        sleepers = workers.put_to_sleep()
        with worker(RENDER_LEASE_SECONDS="2"):
            wait_until(all_ended, seconds=HEALED_WITHIN)
            before = set(Asset.objects.filter(render__job=job).values_list("pk", flat=True))
            workers.send_all(signal.SIGCONT, sleepers)
            time.sleep(2)
    assert set(Asset.objects.filter(render__job=job).values_list("pk", flat=True)) == before
    assert only_render(job).claim_no == 2
    assert_sound()


@pytest.mark.once
def test_a_term_lets_the_page_in_hand_be_finished_and_leaves_no_orphans(alice: User) -> None:
    with worker() as workers:
        wait_for_start(alice)
        processes = workers.cluster()
        job = create_job(alice, prompt="sleep 2")
        wait_until(lambda: is_drawing(job), seconds=10)
        workers.stop()
    assert len(processes) == 6
    assert not [pid for pid in processes if _is_alive(pid)]
    assert only_render(job).claim_no == 1
    assert_one_effect(job)


def test_a_storm_of_kills_loses_nothing(alice: User, request: pytest.FixtureRequest) -> None:
    full = request.config.getoption("full")
    jobs, seconds = (200, 180) if full else (20, 10)
    seed = int(os.environ.get("CHAOS_SEED", time.time_ns() % 1_000_000))
    print("seed", seed)
    dice = random.Random(seed)
    photos = [create_photo(alice)]
    give(alice, jobs)
    with worker(RENDER_LEASE_SECONDS="10" if full else "4") as workers:
        end, sent = time.monotonic() + seconds, 0
        kills: list[datetime] = []
        while time.monotonic() < end:
            while sent < min(jobs, 1.2 * jobs * (1 - (end - time.monotonic()) / seconds)):
                create_job(alice, photos=photos, prompt=f"sleep {dice.uniform(0, 1):.2f}")
                sent += 1
            if victims := workers.cluster():
                workers.send(signal.SIGKILL, dice.choice(victims))
                kills.append(timezone.now())
            time.sleep(2 if full else 1)
        peace = timezone.now()
        recovery = wait_until(all_ended, seconds=240 if full else 120)
        workers.send_all(signal.SIGKILL, workers.cluster())  # the injured may need the whole grace to stop
    report(sent, len(kills), recovery, peace)
    recoveries = sorted(filter(None, map(recovery_after, kills)))
    print(
        f"from a kill to the next page: p95 {percentile(recoveries, 95):.1f} s, longest {recoveries[-1]:.1f} s"
    )
    assert percentile(recoveries, 95) <= HEALED_WITHIN
    pictures = Asset.objects.filter(kind=Asset.Kind.PICTURE).values_list("render", flat=True)
    assert sorted(pictures) == sorted(Render.objects.delivered().values_list("pk", flat=True))
    assert_sound()
    assert Render.objects.live().count() == 0


def recovery_after(kill: datetime) -> float | None:
    """Seconds from a kill to the next page that ended; None when there was no page left to end."""
    ended = Render.objects.filter(ended_at__gt=kill).aggregate(at=Min("ended_at"))["at"]
    return (ended - kill).total_seconds() if ended else None


def report(sent: int, kills: int, recovery: float, peace: datetime) -> None:
    """A table of what came of it."""
    in_storm = Render.objects.filter(ended_at__lt=peace).count()
    first = Render.objects.filter(ended_at__gt=peace).aggregate(at=Min("ended_at"))["at"]
    ends = list(Render.objects.values_list("status", "error_code"))
    claims = list(Render.objects.values_list("claim_no", flat=True))
    again = (first - peace).total_seconds() if first else 0.0
    print(f"{sent} jobs, {kills} kills, {in_storm} ended in the storm, most claims {max(claims)}")
    print(f"drawing again after {again:.1f} s, all ended after {recovery:.1f} s")
    for end in sorted(set(ends)):
        print(f"  {ends.count(end):4d} {' '.join(end)}")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
