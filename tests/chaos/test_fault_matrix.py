"""Every fault of docs/providers.md with every company that can have it: each job ends as it must, and costs what it must."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from pytest_django import Settings

from credits.invariants import violations
from credits.models import CreditEvent, Reason
from generations import admission, later
from generations.models import Attempt, Job, Render
from generations.providers import bounded
from generations.states import RenderError, RenderStatus
from tests.chaos.faults import FAULTS, News, Row, seconds, size
from tests.chaos.matrix import (
    Numbered,
    ask_for,
    is_busy,
    lead_to,
    number_of,
    serving,
    work_round,
)
from tests.chaos.network import Network
from tests.factories import only_render
from tests.stand_ins.news import NEW, OLD
from tests.stand_ins.replicate import REBOUND, Prediction, Replicate

NOWHERE = "nowhere.invalid"
NAMES = {REBOUND: "10.11.12.13", NOWHERE: ""}
HERE = {"127.0.0.1", "localhost"}
REFUNDED_WITHIN = timedelta(seconds=60)
ALL_ROUNDS = 20
pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_limits", "reachable", "scaled"),
]


@pytest.fixture
def reachable(settings: Settings) -> None:
    """As in production: others reach us, and Replicate signs what it sends; its files lie on this machine."""
    settings.WEBHOOK_SECRETS = {"replicate": [NEW, OLD]}
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://pages.example.org"
    settings.OUTGOING_HOSTS, settings.OUTGOING_LOOPBACK = ["127.0.0.1"], True


@pytest.fixture
def scaled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no setting of the site is scaled here. A rest of the company would be one of all jobs."""
    usual = later.policy_for
    limits = {"seconds": seconds(60), "most_bytes": size(50_000_000)}
    monkeypatch.setattr(later, "policy_for", lambda *hosts: replace(usual(*hosts), **limits))
    monkeypatch.setattr(later, "FETCH_AGAIN_AFTER", (0,))
    monkeypatch.setattr(bounded, "MOST_BYTES", size(70_000_000))
    monkeypatch.setattr(admission, "FAILURES_TO_REST", 1_000_000)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    """Nobody goes anywhere but to this machine; the look-up of a name that is on the list is no connection."""
    network = Network(NAMES)
    network.watch(monkeypatch)
    yield network
    assert (network.looked_up - HERE - NAMES.keys(), network.connected - HERE) == (set(), set())


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_its_ending(
    name: str, settings: Settings, network: Network, request: pytest.FixtureRequest
) -> None:
    """Once; 20 times with --full."""
    for number in range(ALL_ROUNDS if request.config.getoption("--full") else 1):
        with serving(name, FAULTS[name], settings) as service:
            jobs = ask_for(FAULTS[name], f"{name}{number}x")
            carry_out(service, jobs)
            told = table(name, service, jobs)
        print("\n" + "\n".join(told))
        assert [found for found in told if WRONG in found] == []
        assert violations() == []


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("way", ["https", "nowhere"])
def test_a_way_that_leads_nowhere_ends_kindly(
    name: str, way: str, settings: Settings, network: Network
) -> None:
    """TLS that fails, and a name that nobody knows."""
    row = Row(40, way, RenderError.PROVIDER_ERROR)
    with serving(name, [row], settings) as service:
        secure = service.address.replace("http:", "https:")
        lead_to(name, secure if way == "https" else f"http://{NOWHERE}", settings)
        jobs = ask_for([row], way)
        carry_out(service, jobs)
    told = line(name, row, jobs[0], service.asked[0])
    assert WRONG not in told, told
    assert violations() == []


# --- The way of all jobs ----------------------------------------------------------------------------------------------


def carry_out(service: Numbered, jobs: Sequence[Job]) -> None:
    """Until nothing is left to do; Replicate has its say before, meanwhile and afterwards."""
    if isinstance(service, Replicate):
        service.on_create = lambda made: tell_early(service, made)
    with time_machine.travel(timezone.now()) as clock:
        work_round(clock)
        tell(service, jobs, "waiting")
        while is_busy():
            work_round(clock)
        tell(service, jobs, "ended")
        work_round(clock)


def tell(service: Numbered, jobs: Sequence[Job], when: str) -> None:
    for number, (row, job) in enumerate(zip(service.rows, jobs, strict=True)):
        if row.news and row.news.when == when:
            attempt = Attempt.objects.filter(render__job=job).earliest("number")
            tell_one(row.news, str(attempt.pk), first_prediction(service, number))


def tell_early(service: Numbered, made: Prediction) -> None:
    """In the service's own thread, before it answers."""
    news = service.rows[number_of(made)].news
    if news and news.when == "early":
        with closing(connection):
            tell_one(news, made.webhook.rpartition("/")[2], made)


def tell_one(news: News, attempt: str, prediction: Prediction) -> None:
    news.then(prediction)
    assert set(news.tell(attempt, prediction.id)) == {news.answer}, prediction


def first_prediction(service: Numbered, number: int) -> Prediction:
    assert isinstance(service, Replicate)
    return next(made for made in service.predictions.values() if number_of(made) == number)


# --- What is judged ---------------------------------------------------------------------------------------------------

WRONG = "  WRONG"


def table(name: str, service: Numbered, jobs: Sequence[Job]) -> list[str]:
    pairs = zip(service.rows, jobs, strict=True)
    return [line(name, row, job, service.asked[number]) for number, (row, job) in enumerate(pairs)]


def line(name: str, row: Row, job: Job, calls: int) -> str:
    """A line of the table."""
    job.refresh_from_db()
    render = only_render(job)
    tries = render.attempts.count()
    events = CreditEvent.objects.filter(render_uuid=render.pk)
    net = events.aggregate(sum=Sum("amount"))["sum"]
    found = (job.status, render.error_code, render.is_present, net)
    is_right = found == (row.status, row.code, row.is_present, row.net)
    is_right &= calls <= tries and is_refunded_soon(render)
    said = f"{row.number}  {name:<9}  {row.name:<17}  {job.status:<9}  {render.error_code:<21}"
    return f"{said}  {tries} tries  {calls} calls  {net:>2}{'' if is_right else WRONG}"


def is_refunded_soon(render: Render) -> bool:
    """A minute after its failure at most; what did not fail has nothing to be refunded."""
    refund = CreditEvent.objects.filter(render_uuid=render.pk, reason=Reason.REFUND).first()
    if render.status != RenderStatus.FAILED:
        return refund is None or render.is_present
    return bool(refund and refund.at - render.ended_at <= REFUNDED_WITHIN)
