"""Fifty pictures of Replicate and all their webhooks at once: in any order, twice, early, late, forged and old."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from credits.invariants import violations
from credits.models import CreditEvent
from generations import supervisor
from generations.models import Asset, Attempt, Job, WebhookEvent
from generations.run import run_next
from generations.states import RenderStatus
from tests.chaos.faults import Row
from tests.chaos.matrix import Numbered, ask_for, number_of, serving
from tests.factories import only_render
from tests.stand_ins.news import NEW, send
from tests.stand_ins.replicate import Prediction, Replicate

JOBS, SENDERS, WORKERS = 50, 10, 2
ALL_ROUNDS = 10
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_limits", "reachable")]

Post = Callable[[], bool]
GOOD, BAD = 200, 401


@dataclass(frozen=True)
class Group:
    """What becomes of the news of some of the pictures."""

    share: int  # of the fifty
    forged: bool = False
    old: bool = False
    early: bool = False
    late: bool = False


GROUPS = [
    Group(10, late=True),
    Group(5, forged=True),
    Group(5, old=True),
    Group(8, early=True),
    Group(22),
]
GROUP_OF = [group for group in GROUPS for _one in range(group.share)]


@pytest.fixture
def reachable(settings: Settings) -> None:
    settings.WEBHOOK_SECRETS = {"replicate": [NEW]}
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://pages.example.org"
    settings.OUTGOING_HOSTS, settings.OUTGOING_LOOPBACK = ["127.0.0.1"], True


def test_each_has_one_effect_and_only_the_false_are_refused(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    """Every fifth becomes a picture, the others are refused by the model; ten rounds and only pictures with --full."""
    is_full = request.config.getoption("--full")
    endings = ["ok" if is_full or number % 5 == 0 else "safety" for number in range(JOBS)]
    rows = [Row(0, "endless drawing" if GROUP_OF[at].late else ending) for at, ending in enumerate(endings)]
    for number in range(ALL_ROUNDS if is_full else 1):
        with (
            serving("replicate", rows, settings, limit=float) as service,
            time_machine.travel(NOON, tick=False) as clock,
        ):
            jobs = ask_for(rows, f"round{number}x")
            Round(service, endings, random.Random(number), clock).carry_out()
        assert [at for at, job in enumerate(jobs) if not has_one_effect(job, GROUP_OF[at])] == []
        assert violations() == []


class Round:
    """All of it on one clock that stands still: what is not told of is looked at only when the clock is moved."""

    def __init__(
        self, service: Numbered, endings: list[str], dice: random.Random, clock: time_machine.Traveller
    ) -> None:
        assert isinstance(service, Replicate)
        self.service, self.endings, self.dice, self.clock = service, endings, dice, clock
        self.early: list[bool] = []
        self.made: dict[int, Prediction] = {}

    def carry_out(self) -> None:
        self.service.on_create = self.note
        with ThreadPoolExecutor(WORKERS) as workers:
            assert all(workers.map(alone, [work] * WORKERS))
        self.tell(self.posts(late=False))
        self.clock.shift(timedelta(seconds=31))  # who was only told lies is looked at
        work()
        self.clock.shift(timedelta(minutes=11))
        assert supervisor.expire_deadlines(timezone.now()) == GROUPS[0].share
        work()
        self.draw_after_all()
        self.tell(self.posts(late=True))
        assert self.early == [True] * len(self.early)

    def posts(self, *, late: bool) -> list[Post]:
        numbers = [number for number, group in enumerate(GROUP_OF) if group.late == late]
        return [post for number in numbers for post in self.news(number)]

    def draw_after_all(self) -> None:
        """The call-offs came too late."""
        for number, made in self.made.items():
            if GROUP_OF[number].late:
                made.fault, made.canceled = self.endings[number], False

    def note(self, made: Prediction) -> None:
        """In the service's own thread, before the asking call is answered."""
        number = number_of(made)
        self.made[number] = made
        if GROUP_OF[number].early:
            self.early.append(alone(self.post(number)))

    def news(self, number: int) -> list[Post]:
        """What is sent about a picture: the truth twice, or a lie."""
        group = GROUP_OF[number]
        if group.forged:
            return [self.post(number, BAD, told=b'{"id": "other"}')]
        if group.old:
            return [self.post(number, BAD, age=timedelta(minutes=6))]
        return [self.post(number), self.post(number)]

    def post(self, number: int, answer: int = GOOD, **lie: object) -> Post:
        """Sends it, and says whether that was answered as it must be."""
        made = self.made[number]
        attempt = made.webhook.rpartition("/")[2]
        body = {"id": made.id, "status": "succeeded"}
        return lambda: send(attempt, body, event_id=f"msg_{attempt}", **lie) == answer

    def tell(self, posts: list[Post]) -> None:
        """Ten at a time in any order, while workers work; then what came last is worked off."""
        self.dice.shuffle(posts)
        with ThreadPoolExecutor(SENDERS) as senders, ThreadPoolExecutor(WORKERS) as workers:
            answers = [senders.submit(alone, post) for post in posts]
            done = [workers.submit(alone, work) for _worker in range(WORKERS)]
        assert all(answer.result() for answer in answers)
        assert all(worker.result() for worker in done)
        work()


def work() -> bool:
    while run_next():
        pass
    return True


def alone(act: Post) -> bool:
    """In a thread with a connection of its own."""
    with closing(connection):
        return act()


def has_one_effect(job: Job, group: Group) -> bool:
    """One call, one event where the truth was told, and a picture or a refund; after the deadline both or none."""
    render = only_render(job)
    events = WebhookEvent.objects.filter(attempt__render=render).count()
    reasons = list(
        CreditEvent.objects.filter(render_uuid=render.pk).order_by("pk").values_list("reason", flat=True)
    )
    pictures = Asset.objects.filter(render=render, kind=Asset.Kind.PICTURE).count()
    is_drawn = render.status == RenderStatus.DELIVERED
    return (
        Attempt.objects.filter(render=render).count() == 1
        and events == (0 if group.forged or group.old else 1)
        and pictures == is_drawn
        and render.is_present == (is_drawn and group.late)
        and reasons == (["charge"] if is_drawn and not group.late else ["charge", "refund"])
    )
