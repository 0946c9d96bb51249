"""gunicorn's threaded worker, but nobody keeps a thread by sending slowly, and it is ready to lay out pages."""

import socket
import threading
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from gunicorn.workers.gthread import TConn, ThreadWorker

LAYING_OUT = "generations.finishing"  # with OpenCV, SciPy and the engine: a second of work
LOAD_AFTER_SECONDS = 3.0  # of serving: the first pages of the site do not wait for it


class Worker(ThreadWorker):
    """Stops reading from connections whose head or body takes longer than the settings say.

    A thread that waits for a byte of them then gets an end instead: a head is dropped, a body becomes an error of the
    request. What is already being answered is still sent. The main loop looks every second.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.read_until: dict[TConn, float] = {}

    def run(self) -> None:
        """Serves; what lays out pages is loaded a little later, so that nobody who changes a page waits for it."""
        loading = threading.Timer(LOAD_AFTER_SECONDS, import_module, [LAYING_OUT])
        loading.daemon = True
        loading.start()
        super().run()

    def handle(self, conn: TConn) -> Any:
        self.read_until[conn] = time.monotonic() + settings.REQUEST_HEAD_SECONDS
        try:
            return super().handle(conn)
        finally:
            self.read_until.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        self.read_until[conn] = time.monotonic() + settings.REQUEST_BODY_SECONDS
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        super().murder_pending()
        now = time.monotonic()
        for conn, ends_at in list(self.read_until.items()):
            if now > ends_at:
                with suppress(OSError):  # it has hung up
                    conn.sock.shutdown(socket.SHUT_RD)
