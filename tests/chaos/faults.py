"""What can go wrong with a picture that others draw, as rows: the fault of the stand-in and how its job must end.

Numbers are those of docs/providers.md. Every duration and size of a call is scaled by SCALE.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import uuid4

from generations.states import JobStatus, RenderError
from tests.stand_ins.news import NEW, OLD, send
from tests.stand_ins.replicate import Prediction

SCALE = 1 / 60
LEAST_SECONDS = 1.0  # that a busy machine needs for any answer
ALWAYS = 99
FORGED = "whsec_" + "bm90" * 8

Picture = Literal["full_color", "line_art"]


def seconds(real: float) -> float:
    return max(real * SCALE, LEAST_SECONDS)


def size(real: int) -> int:
    """Bytes."""
    return int(real * SCALE)


@dataclass(frozen=True)
class News:
    """What is told of a call, and how that is answered; `then` is done to the prediction before."""

    name: str
    tell: Callable[[str, str], Iterable[int]] = lambda attempt, prediction: ()
    answer: int = 200
    when: Literal["early", "waiting", "ended"] = "waiting"
    then: Callable[[Prediction], object] = lambda prediction: None


@dataclass(frozen=True)
class Row:
    """`code` is what the job fails with, "" for a picture. Of the calls for it the first `times` go wrong."""

    number: int
    fault: str
    code: str = ""
    times: int = ALWAYS
    finish: Picture = "full_color"
    news: News | None = None
    is_present: bool = False

    @property
    def name(self) -> str:
        return self.news.name if self.news else self.fault

    @property
    def status(self) -> JobStatus:
        return JobStatus.FAILED if self.code else JobStatus.SUCCEEDED

    @property
    def net(self) -> int:
        """Credits, in the end."""
        return 0 if self.code or self.is_present else -1


E = RenderError


def failing(number: int, code: RenderError, *faults: str) -> list[Row]:
    return [Row(number, fault, code) for fault in faults]


def healed(number: int, *faults: str) -> list[Row]:
    """Goes wrong once."""
    return [Row(number, fault, times=1) for fault in faults]


ANY = [
    Row(40, "ok"),
    Row(40, "slow"),
    *healed(39, "taken"),
    *healed(40, "rate limited", "broken", "reset", "drip"),
    *failing(40, E.PROVIDER_RATE_LIMITED, "rate limited"),
    *failing(40, E.PROVIDER_ERROR, "broken", "unavailable", "html", "reset", "half body", "hang", "endless"),
    *failing(40, E.PROVIDER_ERROR, "packed", "bad request", "no access", "model gone"),
    *failing(41, E.BAD_OUTPUT, "no image", "text only", "html as png", "cut png", "empty png"),
    *failing(41, E.CONTENT_REJECTED, "safety"),
    Row(41, "photograph", E.NOT_COLOURABLE, finish="line_art"),
]
AT_ONCE = [*ANY, *failing(40, E.PROVIDER_ERROR, "redirect"), *failing(41, E.BAD_OUTPUT, "no json")]

# --- What only those who answer later can do --------------------------------------------------------------------------


def told(body: object = None, **lie: object) -> Callable[[str, str], Iterable[int]]:
    """Once; as the service would unless a lie is named."""

    def tell(attempt: str, prediction: str) -> Iterable[int]:
        yield send(attempt, {"id": prediction, "status": "succeeded"} if body is None else body, **lie)

    return tell


def _in_disorder(attempt: str, prediction: str) -> Iterable[int]:
    for status in ("succeeded", "processing", "starting"):
        yield send(attempt, {"id": prediction, "status": status})


def _ten_times(attempt: str, prediction: str) -> Iterable[int]:
    for _time in range(10):
        yield send(attempt, {"id": prediction, "status": "succeeded"}, event_id=f"msg_{attempt}")


def _about_nobody(attempt: str, prediction: str) -> Iterable[int]:
    yield send(uuid4(), {"id": prediction, "status": "succeeded"})
    yield send(attempt, {"id": "another", "status": "succeeded"})


def _failed(attempt: str, prediction: str) -> Iterable[int]:
    yield send(attempt, {"id": prediction, "status": "failed"})


def _nonsense(attempt: str, prediction: str) -> Iterable[int]:
    for body in (b"", b"[1]", b"[" * 100_000, b'{"id": NaN}'):
        yield send(attempt, body)


def _draw_after_all(prediction: Prediction) -> None:
    """The call-off came too late."""
    prediction.fault, prediction.canceled = "ok", False


NEWS = [
    Row(29, "ok", news=News("forged", told(secret=FORGED), 401)),
    Row(29, "ok", news=News("unsigned", told(webhook_signature=""), 401)),
    Row(29, "ok", news=News("another body", told(told=b'{"id": "other"}'), 401)),
    Row(30, "ok", news=News("old", told(age=timedelta(minutes=6)), 401)),
    Row(30, "ok", news=News("ahead", told(age=timedelta(minutes=-6)), 401)),
    Row(31, "ok", news=News("ten times", _ten_times)),
    Row(32, "ok", news=News("in disorder", _in_disorder)),
    Row(33, "ok", news=News("older secret", told(secret=OLD))),
    Row(33, "ok", news=News("newer secret", told(secret=NEW))),
    Row(34, "ok", news=News("about nobody", _about_nobody)),
    Row(34, "ok", news=News("early", told(), when="early")),
    Row(
        36,
        "endless drawing",
        news=News("late picture", told(), when="ended", then=_draw_after_all),
        is_present=True,
    ),
    Row(37, "ok", news=News("late failure", _failed, when="ended")),
    Row(38, "ok", news=News("nonsense", _nonsense, 400)),
    Row(39, "half body", times=1, news=News("answer lost", told())),
]
LATER = [
    *ANY,
    *NEWS,
    *failing(40, E.PROVIDER_ERROR, "no money"),
    *failing(41, E.PROVIDER_ERROR, "failed"),
    *failing(42, E.BAD_OUTPUT, "private address", "file address", "foreign host", "loopback address"),
    *failing(42, E.BAD_OUTPUT, "rebound name", "redirected file"),
    *healed(43, "dripping file"),
    *failing(43, E.BAD_OUTPUT, "endless file"),
    *failing(44, E.BAD_OUTPUT, "deleted"),
    *failing(45, E.TIMED_OUT, "endless drawing"),
]
COMPANIES = {"gemini": AT_ONCE, "openai": AT_ONCE, "replicate": LATER}
# A company that asks for a pause gets it from everybody: all others are asked before.
FAULTS = {name: sorted(rows, key=lambda row: row.fault == "rate limited") for name, rows in COMPANIES.items()}
