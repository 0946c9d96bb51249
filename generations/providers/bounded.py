"""Answers that end: a limit on their size and on their time in all."""

import time
from collections.abc import Iterable, Iterator

import httpx2

# A picture takes many seconds and a new connection a tenth of one: none is kept, and none goes stale.
ONE_CALL_EACH = httpx2.Limits(max_keepalive_connections=0)
CONNECT_SECONDS = 10
MOST_BYTES = 70_000_000  # 50 MB of picture, written in base64


def passed_on(
    body: Iterable[bytes], until: float, *, too_large: Exception, too_late: Exception
) -> Iterator[bytes]:
    """The pieces of a body; what is too long, or comes after `until` on the monotonic clock, raises."""
    size = 0
    for piece in body:
        size += len(piece)
        if size > MOST_BYTES:
            raise too_large
        if time.monotonic() > until:
            raise too_late
        yield piece


class BoundedStream(httpx2.SyncByteStream):
    """Passes a body on until it is too long or too late. Raises httpx2.ReadError or ReadTimeout."""

    def __init__(self, body: httpx2.SyncByteStream, until: float) -> None:
        self._body = body
        self._until = until  # on the monotonic clock

    def __iter__(self) -> Iterator[bytes]:
        too_large = httpx2.ReadError("the answer is too large")
        too_late = httpx2.ReadTimeout("the answer took too long")
        return passed_on(self._body, self._until, too_large=too_large, too_late=too_late)

    def close(self) -> None:
        self._body.close()


class BoundedTransport(httpx2.BaseTransport):
    """The usual transport, but an answer takes `seconds` in all: a time limit a read lets a byte a second go on for ever.

    A compressed answer, which nobody asked for, could grow without limit and is refused.
    """

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._inner = httpx2.HTTPTransport(limits=ONE_CALL_EACH)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        until = time.monotonic() + self._seconds
        answer = self._inner.handle_request(request)
        if answer.headers.get("content-encoding", "identity") != "identity":
            answer.close()
            raise httpx2.ReadError("the answer is compressed")
        assert isinstance(answer.stream, httpx2.SyncByteStream)
        return httpx2.Response(
            answer.status_code,
            headers=answer.headers,
            stream=BoundedStream(answer.stream, until),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._inner.close()


def bounded_client(seconds: float) -> httpx2.Client:
    """Answers within `seconds` in all; follows no redirect, and no variable that names a proxy."""
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    transport = BoundedTransport(seconds=seconds)
    return httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False, trust_env=False)
