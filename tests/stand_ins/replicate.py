"""Replicate's predictions, as documented: https://replicate.com/docs/reference/http (2026)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from typing import Any

from generations.management.stand_ins import TOKEN
from tests.stand_ins.pictures import drawn_for, photograph, size_of
from tests.stand_ins.server import Answer, Call, StandIn

REBOUND = "rebound.replicate.delivery"  # a name of theirs that leads into a private network


@dataclass
class Prediction:
    id: str
    model: str
    input: dict[str, Any]
    webhook: str = ""
    fault: str = "ok"
    looks: int = 0
    canceled: bool = False
    events: list[str] = field(default_factory=list)


class Replicate(StandIn):
    """Draws a page or a picture at the `looks_needed`-th look. `faults` are used by calls that create."""

    key = TOKEN

    def __init__(self, *, looks_needed: int = 1, prefix: str = "", **options: Any) -> None:
        """Its predictions are numbered behind a prefix of its own, as theirs are never called like others."""
        super().__init__(**options)
        self.prefix = prefix or token_hex(8)
        self._numbers = count(1)
        self.looks_needed = looks_needed
        self.predictions: dict[str, Prediction] = {}
        self.on_create: Callable[[Prediction], object] = lambda _made: None  # done before the answer

    def answer(self, call: Call, fault: str) -> Answer:
        parts = call.path.strip("/").split("/")
        if parts[0] == "files":
            return self._file(parts[1])
        if call.headers.get("authorization") != f"Bearer {self.key}":
            return problem(401)
        if call.method == "POST" and parts[-1] == "predictions":
            return self._create(call, "/".join(parts[2:4]), fault)
        prediction = self.predictions.get(parts[2])
        if prediction is None or fault in STATUSES:
            return problem(STATUSES.get(fault, 404))
        if parts[-1] == "cancel":
            prediction.canceled = prediction.canceled or self._state(prediction)[0] in RUNNING
        elif call.method == "GET":
            prediction.looks += 1
        return Answer.of(self.told(prediction))

    def told(self, prediction: Prediction) -> dict[str, Any]:
        """The prediction as it stands now."""
        status, output, error = self._state(prediction)
        return {
            "id": prediction.id,
            "model": prediction.model,
            "version": "hidden",
            "input": prediction.input,
            "logs": "",
            "output": output,
            "error": error,
            "status": status,
            "created_at": "2026-11-21T12:00:00.000Z",
            "urls": {"get": f"{self.address}/v1/predictions/{prediction.id}", "cancel": ""},
        }

    def _create(self, call: Call, model: str, fault: str) -> Answer:
        if fault in STATUSES:
            headers = {"Retry-After": "7"} if fault == "rate limited" else {}
            return problem(STATUSES[fault], **headers)
        body = call.json()
        number = f"{self.prefix}{next(self._numbers)}"
        made = Prediction(number, model, body["input"], body.get("webhook", ""), fault)
        self.predictions[number] = made
        self.on_create(made)
        return Answer.of(self.told(made), 201)

    def _state(self, prediction: Prediction) -> tuple[str, Any, str | None]:
        if prediction.canceled:
            return "canceled", None, None
        if prediction.looks < self.looks_needed:
            return ("starting" if not prediction.looks else "processing"), None, None
        ending = ENDINGS.get(prediction.fault, ENDINGS["ok"])
        return ending(f"{self.address}/files/{prediction.id}")

    def _file(self, number: str) -> Answer:
        prediction = self.predictions[number]
        return FILES.get(prediction.fault, lambda given: png(drawn(given)))(prediction.input)


def problem(status: int, **headers: str) -> Answer:
    return Answer.of({"title": "problem", "detail": "so it is", "status": status}, status, **headers)


def drawn(given: dict[str, Any]) -> bytes:
    """What the `input` of a prediction asks for."""
    size = size_of(str(given.get("aspect_ratio", "1:1")), larger=given.get("resolution") == "2K")
    return drawn_for(given["prompt"], size)


def png(data: bytes) -> Answer:
    return Answer(data, content_type="image/png")


RUNNING = ("starting", "processing")
STATUSES = {
    "rate limited": 429,
    "broken": 500,
    "unavailable": 503,
    "bad request": 422,
    "no access": 403,
    "no money": 402,
    "model gone": 404,
}
ENDINGS: dict[str, Callable[[str], tuple[str, Any, str | None]]] = {
    "ok": lambda url: ("succeeded", url, None),
    "list": lambda url: ("succeeded", [url], None),
    "failed": lambda _url: ("failed", None, "CUDA out of memory"),
    "safety": lambda _url: ("failed", None, "The input or output was flagged as sensitive. (E005)"),
    "no image": lambda _url: ("succeeded", None, None),
    "text only": lambda _url: ("succeeded", {"text": "a poem"}, None),
    "private address": lambda _url: ("succeeded", "https://169.254.169.254/latest/meta-data", None),
    "file address": lambda _url: ("succeeded", "file:///etc/passwd", None),
    "foreign host": lambda _url: ("succeeded", "https://replicate.delivery@evil.example/x.png", None),
    "loopback address": lambda _url: ("succeeded", "http://[::1]/x.png", None),
    "rebound name": lambda _url: ("succeeded", f"https://{REBOUND}/x.png", None),
    "endless drawing": lambda _url: ("processing", None, None),
}
FILES: dict[str, Callable[[dict[str, Any]], Answer]] = {
    "deleted": lambda _given: problem(404),
    "html as png": lambda _given: png(b"<html><body>no picture</body></html>"),
    "cut png": lambda given: png(drawn(given)[:2000]),
    "empty png": lambda _given: png(b""),
    "photograph": lambda _given: png(photograph()),
}
