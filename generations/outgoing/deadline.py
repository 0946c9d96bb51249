"""One time limit for all of a fetch, however slowly its bytes come in."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType


class Deadline:
    """Cuts the connections it watches once its seconds are over: whoever waits for a byte then gets none."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._watched: list[tuple[threading.Timer, socket.socket]] = []

    @property
    def left(self) -> float:
        """Seconds, never below a hundredth."""
        return max(0.01, self._ends_at - time.monotonic())

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends_at

    def watch(self, connection: socket.socket) -> None:
        """A second handle is cut, not the connection's own, which TLS may have taken over meanwhile."""
        handle = connection.dup()
        timer = threading.Timer(self.left, _cut, (handle,))
        timer.daemon = True
        timer.start()
        self._watched.append((timer, handle))

    def __enter__(self) -> "Deadline":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for timer, handle in self._watched:
            timer.cancel()
            timer.join()
            handle.close()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        connection.shutdown(socket.SHUT_RDWR)
