"""Gemini's generateContent, as documented: https://ai.google.dev/api/generate-content (2026)."""

import base64
import json
from collections.abc import Callable

from generations.management.stand_ins import KEY
from tests.stand_ins.forms import filled_in
from tests.stand_ins.pictures import drawn_for, photograph, plain, size_of
from tests.stand_ins.server import Answer, Call, StandIn

PATH = "/models/{model}:generateContent"


class Gemini(StandIn):
    """Draws a picture in the asked ratio, or fills in a form; knows every way in which an answer can hold neither."""

    key = KEY

    def answer(self, call: Call, fault: str) -> Answer:
        if call.method != "POST" or ":generateContent" not in call.path:
            return failure(404, "NOT_FOUND")
        if call.headers.get("x-goog-api-key") != self.key:
            return failure(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
        return ANSWERS[fault](call)


def failure(code: int, status: str, message: str = "", **headers: str) -> Answer:
    return Answer.of(
        {"error": {"code": code, "message": message or status, "status": status}}, code, **headers
    )


def candidate(*parts: dict[str, object], reason: str = "STOP") -> Answer:
    content = {"content": {"role": "model", "parts": list(parts)}} if parts else {}
    return Answer.of(
        {
            "candidates": [{**content, "finishReason": reason, "index": 0}],
            "usageMetadata": {"promptTokenCount": 300, "candidatesTokenCount": 1290, "totalTokenCount": 1590},
            "modelVersion": "stand-in",
            "responseId": "answer-1",
        }
    )


def picture(data: bytes, kind: str = "image/png") -> dict[str, object]:
    return {"inlineData": {"mimeType": kind, "data": base64.b64encode(data).decode()}}


def drawn(call: Call) -> bytes:
    """What is asked for, in the asked ratio and size."""
    body = call.json()
    config = body["generationConfig"].get("imageConfig", {})
    size = size_of(str(config.get("aspectRatio", "1:1")), larger=config.get("imageSize") == "2K")
    return drawn_for(words_in(call), size)


def words_in(call: Call) -> str:
    parts = call.json()["contents"][0]["parts"]
    return "\n".join(part["text"] for part in parts if "text" in part)


def first_photo(call: Call) -> bytes:
    """The first picture that was sent along."""
    parts = call.json()["contents"][0]["parts"]
    return next(
        base64.urlsafe_b64decode(part["inlineData"]["data"]) for part in parts if "inlineData" in part
    )


def _made(call: Call) -> Answer:
    """The form that is asked for, else a picture."""
    schema = call.json()["generationConfig"].get("responseJsonSchema")
    return _written(filled_in(schema)) if schema else candidate(picture(drawn(call)))


def _written(value: object) -> Answer:
    return candidate({"text": "A thought first.", "thought": True}, {"text": json.dumps(value)})


def _too_few(call: Call) -> Answer:
    """Every list one item shorter than asked for."""
    form = filled_in(call.json()["generationConfig"]["responseJsonSchema"])
    return _written({name: value[:-1] if isinstance(value, list) else value for name, value in form.items()})


def _cut(call: Call) -> Answer:
    form = json.dumps(filled_in(call.json()["generationConfig"]["responseJsonSchema"]))
    return candidate({"text": form[: len(form) // 2]}, reason="MAX_TOKENS")


def _blocked(_call: Call) -> Answer:
    return Answer.of({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {}})


ANSWERS: dict[str, Callable[[Call], Answer]] = {
    "ok": _made,
    "too few": _too_few,
    "cut form": _cut,
    "other form": lambda _call: _written({"poem": "Roses are red."}),
    "words and picture": lambda call: candidate({"text": "Here is your page."}, picture(drawn(call))),
    "copy": lambda call: candidate(picture(first_photo(call), "image/jpeg")),
    "empty": lambda _call: candidate(picture(plain((1024, 768)))),
    "small": lambda call: candidate(picture(drawn_for(words_in(call), (400, 300)))),
    "long": lambda call: candidate(picture(drawn_for(words_in(call), (2000, 300)))),
    "rate limited": lambda _call: failure(429, "RESOURCE_EXHAUSTED", **{"Retry-After": "7"}),
    "broken": lambda _call: failure(500, "INTERNAL"),
    "unavailable": lambda _call: failure(503, "UNAVAILABLE"),
    "bad request": lambda _call: failure(400, "INVALID_ARGUMENT"),
    "no access": lambda _call: failure(403, "PERMISSION_DENIED"),
    "model gone": lambda _call: failure(404, "NOT_FOUND"),
    "prompt blocked": _blocked,
    "safety": lambda _call: candidate(reason="IMAGE_SAFETY"),
    "no image": lambda _call: candidate(reason="NO_IMAGE"),
    "no candidates": lambda _call: Answer.of({"candidates": []}),
    "text only": lambda _call: candidate({"text": "I cannot draw that, but here is a poem."}),
    "html as png": lambda _call: candidate(picture(b"<html><body>no picture</body></html>")),
    "cut png": lambda call: candidate(picture(drawn(call)[:2000])),
    "empty png": lambda _call: candidate(picture(b"")),
    "photograph": lambda _call: candidate(picture(photograph())),
    "no json": lambda _call: Answer(b"this is no JSON"),
}
