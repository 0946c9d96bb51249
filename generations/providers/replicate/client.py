"""Replicate's own client with what it lacks: time limits on every call, and no retries of its own."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
from replicate.client import Client

from generations.providers.bounded import passed_on


class Refused(Exception):
    """An answer with a status of 400 and above."""

    def __init__(self, status: int, headers: httpx.Headers) -> None:
        super().__init__(str(status))
        self.status = status
        self.headers = headers


class TimedStream(httpx.SyncByteStream):
    """Passes a body on until it is too long or too late. Raises httpx.ReadError or ReadTimeout."""

    def __init__(self, body: httpx.SyncByteStream, until: float) -> None:
        self._body = body
        self._until = until  # on the monotonic clock

    def __iter__(self) -> Iterator[bytes]:
        too_large = httpx.ReadError("the answer is too large")
        too_late = httpx.ReadTimeout("the answer took too long")
        return passed_on(self._body, self._until, too_large=too_large, too_late=too_late)

    def close(self) -> None:
        self._body.close()


class TimedTransport(httpx.HTTPTransport):
    """Version 1.0.7 sends a new prediction without any time limit (measured), and asks again up to ten times after 429,
    503 and 504: both are ours to decide, so a limit is filled in and a refusal is raised at once. The limit is one of the
    answer in all: a limit a read lets a byte a second go on for ever."""

    def __init__(self, *, create_seconds: float, look_seconds: float) -> None:
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self._seconds = {"POST": create_seconds}
        self._look_seconds = look_seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        seconds = self._seconds.get(request.method, self._look_seconds)
        until = time.monotonic() + seconds
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        request.headers["Accept-Encoding"] = "identity"  # unpacked, nothing could be counted
        answer = super().handle_request(request)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            answer.close()
            raise Refused(answer.status_code, answer.headers)
        return _timed(answer, until)


def _timed(answer: httpx.Response, until: float) -> httpx.Response:
    if answer.headers.get("content-encoding", "identity") != "identity":
        answer.close()
        raise httpx.ReadError("the answer is compressed")
    assert isinstance(answer.stream, httpx.SyncByteStream)
    return httpx.Response(
        answer.status_code,
        headers=answer.headers,
        stream=TimedStream(answer.stream, until),
        extensions=answer.extensions,
    )


def client_for(api_key: str, base_url: str, create_seconds: float, look_seconds: float) -> Client:
    """A client that reads no variables of the environment."""
    transport = TimedTransport(create_seconds=create_seconds, look_seconds=look_seconds)
    address: dict[str, Any] = {"base_url": base_url} if base_url else {}
    return Client(api_token=api_key, transport=transport, trust_env=False, **address)
