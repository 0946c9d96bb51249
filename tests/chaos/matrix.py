"""Services that go wrong as a picture's own words say, and the hands that work all of their pictures off."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.db.models import Min
from django.utils import timezone
from pytest_django import Settings

from generations import supervisor
from generations.actions import submit
from generations.models import CallOff, Job, ProviderState, Render
from generations.run import run_next
from generations.states import RenderStatus
from tests.chaos.faults import Row, seconds, size
from tests.factories import create_user
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.openai import OpenAI
from tests.stand_ins.replicate import Prediction, Replicate
from tests.stand_ins.server import Call, StandIn

NUMBER = re.compile(rb"hedgehog, (\d+)")
HANDS = 4
Limit = Callable[[float], float]
PATHS = {"gemini": "", "openai": "/v1", "replicate": ""}


class Numbered(StandIn):
    """What is drawn has a number among its words, and that says by which row it goes."""

    def __init__(self, rows: Sequence[Row] = (), **options: Any) -> None:
        super().__init__(**options)
        self.rows = rows
        self.asked: Counter[int] = Counter()

    def next_fault(self, call: Call) -> str:
        super().next_fault(call)
        found = NUMBER.search(call.body)
        return self.fault_of(int(found[1])) if found else "ok"

    def fault_of(self, number: int) -> str:
        row = self.rows[number]
        with self._lock:
            self.asked[number] += 1
            return row.fault if self.asked[number] <= row.times else "ok"


class NumberedGemini(Numbered, Gemini):
    pass


class NumberedOpenAI(Numbered, OpenAI):
    pass


class NumberedReplicate(Numbered, Replicate):
    """Also the connection from which a picture is fetched can go wrong."""

    FILES = {"endless file": "endless", "dripping file": "drip", "redirected file": "redirect"}

    def next_fault(self, call: Call) -> str:
        fault = super().next_fault(call)
        if not call.path.startswith("/files/"):
            return fault
        return self.FILES.get(self.predictions[call.path.split("/")[-1]].fault, "ok")


SERVICES: dict[str, type[Numbered]] = {
    "gemini": NumberedGemini,
    "openai": NumberedOpenAI,
    "replicate": NumberedReplicate,
}


@contextmanager
def serving(
    name: str, rows: Sequence[Row], settings: Settings, *, limit: Limit = seconds
) -> Iterator[Numbered]:
    """This service alone draws, with every time limit scaled."""
    hang = 2.5 * seconds(90)
    service = SERVICES[name](rows, hang_seconds=hang, slow_seconds=0.2, endless_bytes=3 * size(70_000_000))
    with service.running() as address:
        lead_to(name, address + PATHS[name], settings, limit=limit)
        yield service


def lead_to(name: str, address: str, settings: Settings, *, limit: Limit = seconds) -> None:
    usual = settings.PROVIDER_OPTIONS[name]
    limits = {key: limit(value) for key, value in usual.items() if key.endswith("seconds")}
    own = {"api_key": SERVICES[name].key, "base_url": address, "calls_a_minute": 0, **limits}
    settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, name: {**usual, **own}}
    settings.PROVIDERS, settings.PROVIDER_DAILY_MICRO_USD = [name], 0


def ask_for(rows: Sequence[Row], names: str) -> list[Job]:
    """One job a row, each of a family of its own."""
    return [_ask(number, row, names) for number, row in enumerate(rows)]


def _ask(number: int, row: Row, names: str) -> Job:
    user = create_user(f"{names}{number}@example.org")
    params = {"finish": row.finish, **({"quality": "low"} if row.finish == "full_color" else {})}
    return submit(user=user, mode="imagine", params=params, photos=[], prompt=f"a hedgehog, {number}")


def work_round(clock: time_machine.Traveller) -> None:
    """Everything that is due, by several hands; then the clock goes on to what is due next.

    A rest of the service would be one of all jobs, and each of them is judged alone here.
    """
    ProviderState.objects.all().delete()
    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(_work, range(HANDS)))
    supervisor.mend(at=timezone.now())
    clock.shift(max(_next_due() - timezone.now(), timedelta(0)) + timedelta(milliseconds=1))


def is_busy() -> bool:
    return Render.objects.live().exists() or CallOff.objects.exists()


def _work(_hand: int) -> None:
    with closing(connection):
        while run_next():
            pass


def _next_due() -> datetime:
    queued = Render.objects.filter(status=RenderStatus.QUEUED).aggregate(at=Min("not_before"))["at"]
    waiting = Render.objects.filter(status=RenderStatus.WAITING).aggregate(at=Min("next_poll_at"))["at"]
    called_off = CallOff.objects.aggregate(at=Min("not_before"))["at"]
    return min((at for at in (queued, waiting, called_off) if at), default=timezone.now())


def number_of(prediction: Prediction) -> int:
    found = NUMBER.search(prediction.input["prompt"].encode())
    assert found
    return int(found[1])
