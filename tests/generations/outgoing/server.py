"""A real HTTP server that is as bad as the world: slow, endless, sending on, cut off."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Script = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Elsewhere:
    port: int
    seen: list[str] = field(default_factory=list)  # "<Host header><path>" of every request


def answer(body: bytes, status: int = 200, **headers: str) -> Script:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return write


def sent_on(location: str) -> Script:
    return answer(b"", 302, Location=location)


def endless(piece: bytes, pause: float = 0.0) -> Script:
    """A body without an end and without a length."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return write


def endless_head(handler: BaseHTTPRequestHandler) -> None:
    """Headers that come a byte at a time and never end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half")


@contextmanager
def elsewhere(scripts: dict[str, Script], tls: ssl.SSLContext | None = None) -> Iterator[Elsewhere]:
    """A server on this machine that answers each path by its script."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.seen.append(f"{self.headers['Host']}{self.path}")
            with suppress(OSError):  # whoever fetched has hung up
                scripts[self.path](self)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Elsewhere(server.server_address[1])
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
