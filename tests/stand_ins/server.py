"""An HTTP server that answers as a service would, or misbehaves when told to."""

import gzip
import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

PIECE = 64 * 1024


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    @classmethod
    def of(cls, value: object, status: int = 200, **headers: str) -> "Answer":
        return cls(json.dumps(value).encode(), status, headers)


@dataclass(frozen=True)
class Call:
    """What arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class StandIn:
    """One service. `faults` are used up one a call; when there are none, `usual` says how calls go ("ok")."""

    def __init__(
        self, *, slow_seconds: float = 0.5, hang_seconds: float = 5.0, endless_bytes: int = 200_000_000
    ) -> None:
        self.calls: list[Call] = []
        self.faults: deque[str] = deque()
        self.usual = "ok"
        self.slow_seconds = slow_seconds
        self.hang_seconds = hang_seconds
        self.endless_bytes = endless_bytes
        self.address = ""  # while it is running
        self._lock = threading.Lock()

    def answer(self, call: Call, fault: str) -> Answer:
        """What the service itself says: "ok", and the faults of its own. Overridden by each service."""
        raise NotImplementedError

    def next_fault(self, call: Call) -> str:
        with self._lock:
            self.calls.append(call)
            return self.faults.popleft() if self.faults else self.usual

    @contextmanager
    def running(self, port: int = 0) -> Iterator[str]:
        """Serves until the block ends; its base address."""
        handler = type("Handler", (_Handler,), {"service": self})
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self.address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    service: ClassVar[StandIn]
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        call = Call(
            self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, self.rfile.read(length)
        )
        fault = self.service.next_fault(call)
        deed = DEEDS.get(fault)
        try:
            deed(self, self.service, call) if deed else self.send(self.service.answer(call, fault))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def send(self, answer: Answer, *, length: int | None = None) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": answer.content_type, "Content-Length": str(length or len(answer.body))}
        for name, value in (headers | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: tests print what they need."""


# --- How a connection can go wrong, whatever the service --------------------------------------------------------------


def _slow(handler: _Handler, service: StandIn, call: Call) -> None:
    time.sleep(service.slow_seconds)
    handler.send(service.answer(call, "ok"))


def _reset(handler: _Handler, service: StandIn, call: Call) -> None:
    """The connection is cut with an RST instead of an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def _half_body(handler: _Handler, service: StandIn, call: Call) -> None:
    whole = service.answer(call, "ok")
    half = Answer(whole.body[: len(whole.body) // 2], whole.status, whole.headers, whole.content_type)
    handler.send(half, length=len(whole.body))
    handler.close_connection = True


def _hang(handler: _Handler, service: StandIn, call: Call) -> None:
    """Takes the request and never answers."""
    time.sleep(service.hang_seconds)
    handler.close_connection = True


def _taken(handler: _Handler, service: StandIn, call: Call) -> None:
    """Does what is asked and never says so."""
    service.answer(call, "ok")
    _hang(handler, service, call)


def _drip(handler: _Handler, service: StandIn, call: Call) -> None:
    """A byte now and then, faster than any time limit a read."""
    handler.send(Answer(b"{"), length=1_000_000)
    until = time.monotonic() + service.hang_seconds
    while time.monotonic() < until:
        handler.wfile.write(b" ")
        time.sleep(0.05)
    handler.close_connection = True


def _endless(handler: _Handler, service: StandIn, call: Call) -> None:
    handler.send(Answer(b"{"), length=10_000_000_000)
    for _piece in range(service.endless_bytes // PIECE):
        handler.wfile.write(b" " * PIECE)
    handler.close_connection = True


def _packed(handler: _Handler, service: StandIn, call: Call) -> None:
    """As nobody asked for it: small on the way, and any size once it is unpacked."""
    whole = service.answer(call, "ok")
    headers = {**whole.headers, "Content-Encoding": "gzip"}
    handler.send(Answer(gzip.compress(whole.body, 1), whole.status, headers, whole.content_type))


def _redirect(handler: _Handler, service: StandIn, call: Call) -> None:
    handler.send(Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}))


def _html(handler: _Handler, service: StandIn, call: Call) -> None:
    handler.send(Answer(b"<html><body>Bad gateway</body></html>", 502, content_type="text/html"))


DEEDS: dict[str, Callable[[_Handler, StandIn, Call], None]] = {
    "slow": _slow,
    "reset": _reset,
    "half body": _half_body,
    "hang": _hang,
    "taken": _taken,
    "drip": _drip,
    "endless": _endless,
    "packed": _packed,
    "redirect": _redirect,
    "html": _html,
}
