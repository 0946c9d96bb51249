"""Answers of others end in size and in time."""

import httpx2
import pytest

from generations.providers import bounded
from generations.providers.bounded import BoundedTransport
from tests.stand_ins.server import Answer, Call, StandIn


class Talker(StandIn):
    """Answers with so many bytes."""

    size = 1000
    headers: dict[str, str] = {}

    def answer(self, call: Call, fault: str) -> Answer:
        return Answer(b"x" * self.size, headers=self.headers)


def ask(service: StandIn, seconds: float = 1) -> bytes:
    with service.running() as address, httpx2.Client(transport=BoundedTransport(seconds=seconds)) as client:
        return client.get(address).content


def test_a_usual_answer_passes():
    assert ask(Talker()) == b"x" * 1000


def test_an_answer_that_is_too_large_is_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounded, "MOST_BYTES", 999)
    with pytest.raises(httpx2.ReadError, match="too large"):
        ask(Talker())


def test_an_answer_that_takes_too_long_is_cut():
    service = Talker(hang_seconds=2)
    service.faults.append("drip")
    with pytest.raises(httpx2.ReadTimeout, match="too long"):
        ask(service, seconds=0.3)


def test_a_compressed_answer_is_refused():
    service = Talker()
    service.headers = {"Content-Encoding": "gzip"}
    with pytest.raises(httpx2.ReadError, match="compressed"):
        ask(service)
