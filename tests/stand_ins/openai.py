"""OpenAI's images API, as documented: https://platform.openai.com/docs/api-reference/images (2026)."""

import base64
import re
from collections.abc import Callable

from generations.management.stand_ins import KEY
from tests.stand_ins.pictures import drawn_for, photograph
from tests.stand_ins.server import Answer, Call, StandIn

OPERATIONS = ("/images/generations", "/images/edits")


class OpenAI(StandIn):
    """Draws a page or a picture in the asked size; knows every way in which an answer can hold no picture."""

    key = KEY

    def answer(self, call: Call, fault: str) -> Answer:
        if call.method != "POST" or not call.path.endswith(OPERATIONS):
            return failure(404, "not_found")
        if call.headers.get("authorization") != f"Bearer {self.key}":
            return failure(401, "invalid_api_key")
        return ANSWERS[fault](call)


def failure(status: int, code: str, **headers: str) -> Answer:
    error = {"message": code, "type": "invalid_request_error", "param": None, "code": code}
    return Answer.of({"error": error}, status, **headers)


def drawn(data: bytes) -> Answer:
    usage = {"input_tokens": 50, "output_tokens": 4160, "total_tokens": 4210}
    return Answer.of({"created": 1, "data": [{"b64_json": base64.b64encode(data).decode()}], "usage": usage})


def field(call: Call, name: str) -> str:
    """A field of a JSON body or of a form."""
    if call.headers["content-type"].startswith("application/json"):
        return str(call.json().get(name, ""))
    found = re.search(rb'name="' + name.encode() + rb'"\r\n\r\n(.*?)\r\n--', call.body, re.DOTALL)
    return found[1].decode() if found else ""


def files(call: Call) -> list[bytes]:
    """The pictures of a form."""
    return re.findall(
        rb'filename="[^"]*"\r\nContent-Type: image/jpeg\r\n\r\n(.*?)\r\n--', call.body, re.DOTALL
    )


def page(call: Call) -> bytes:
    width, height = map(int, field(call, "size").split("x"))
    return drawn_for(field(call, "prompt"), (width, height))


ANSWERS: dict[str, Callable[[Call], Answer]] = {
    "ok": lambda call: drawn(page(call)),
    "rate limited": lambda _call: failure(429, "rate_limit_exceeded", **{"Retry-After": "7"}),
    "broken": lambda _call: failure(500, "server_error"),
    "unavailable": lambda _call: failure(503, "server_overloaded"),
    "bad request": lambda _call: failure(400, "invalid_value"),
    "no access": lambda _call: failure(403, "unsupported_country_region_territory"),
    "model gone": lambda _call: failure(404, "model_not_found"),
    "safety": lambda _call: failure(400, "moderation_blocked"),
    "no image": lambda _call: Answer.of({"created": 1, "data": []}),
    "text only": lambda _call: Answer.of({"created": 1, "data": [{"revised_prompt": "a poem"}]}),
    "empty png": lambda _call: drawn(b""),
    "bad base64": lambda _call: Answer.of({"created": 1, "data": [{"b64_json": "!!!"}]}),
    "html as png": lambda _call: drawn(b"<html><body>no picture</body></html>"),
    "cut png": lambda call: drawn(page(call)[:2000]),
    "photograph": lambda _call: drawn(photograph()),
    "no json": lambda _call: Answer(b"this is no JSON"),
}
