"""A connection to the very address that was checked, cut when its time is over."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPException
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from generations.outgoing.deadline import Deadline
from generations.outgoing.policy import Target

SILENCE = 10.0  # seconds without a byte
# Unpacked here nothing could be counted: what comes is taken as it is.
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "scribblemachine"}


class FetchFailed(Exception):
    """It was tried and did not work; `status` is the HTTP status, 0 without an answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Watched(HTTPConnection):
    """Cut when the deadline is over."""

    def __init__(self, *where: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*where, **options)
        self.deadline = deadline

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.deadline.watch(connection)
        return connection


class WatchedTls(Watched, HTTPSConnection):
    """The same, with TLS."""


@contextmanager
def answered(
    method: str, target: Target, deadline: Deadline, *, body: bytes = b"", headers: Mapping[str, str] = {}
) -> Iterator[HTTPResponse]:
    """The answer with its body still to be read; what goes wrong with the network becomes FetchFailed."""
    connection = _connection(target, deadline)
    try:
        connection.request(
            method,
            target.path,
            body=body or None,
            headers={**HEADERS, **headers, "Host": target.netloc},
            preload_content=False,
        )
        with closing(connection.getresponse()) as response:
            yield response
    except (OSError, HTTPError, HTTPException) as error:
        raise FetchFailed("It took too long." if deadline.is_over else "The connection failed.") from error
    finally:
        connection.close()


def _connection(target: Target, deadline: Deadline) -> Watched:
    timeout = min(SILENCE, deadline.left)
    if target.scheme == "http":
        return Watched(target.address, target.port, timeout=timeout, deadline=deadline)
    return WatchedTls(
        target.address,
        target.port,
        timeout=timeout,
        deadline=deadline,
        ssl_context=ssl.create_default_context(),
        server_hostname=target.host,
    )
