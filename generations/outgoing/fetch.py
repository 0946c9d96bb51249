"""Fetches a file over HTTPS. Each hop is checked anew and connected at the very address that was checked."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from generations.outgoing.deadline import Deadline
from generations.outgoing.policy import FetchRefused, Policy, Target, checked

PIECE = 64 * 1024  # bytes
REDIRECTS = (301, 302, 303, 307, 308)
SILENCE = 10.0  # seconds without a byte
# Unpacked here nothing could be counted: what comes is taken as it is.
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "scribblemachine"}


class FetchFailed(Exception):
    """It was tried and did not work; `status` is the HTTP status, 0 without an answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Fetched:
    """A file from elsewhere. `content_type` is what its server calls it: a hint, to be judged by the content."""

    body: bytes
    content_type: str


class _Watched(HTTPConnection):
    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.deadline.watch(connection)
        return connection


class _WatchedTls(_Watched, HTTPSConnection):
    pass


def fetch(url: str, policy: Policy) -> Fetched:
    """What a URL holds, redirects followed.

    Raises FetchRefused when the policy does not allow the URL or a hop of it, FetchFailed when the answer is an
    error, too large, too slow, cut off or sent on too often.
    """
    with Deadline(policy.seconds) as deadline:
        for _hop in range(policy.redirects + 1):
            target = checked(url, policy)
            with _answer(target, deadline) as response:
                if response.status not in REDIRECTS:
                    return _file(response, policy, deadline)
                url = _next(target, response)
    raise FetchFailed("It was sent on too often.")


@contextmanager
def _answer(target: Target, deadline: Deadline) -> Iterator[HTTPResponse]:
    """The answer with its body still to be read; what goes wrong with the network becomes FetchFailed."""
    connection = _connection(target, deadline)
    try:
        connection.request(
            "GET", target.path, headers=HEADERS | {"Host": target.netloc}, preload_content=False
        )
        with closing(connection.getresponse()) as response:
            yield response
    except (OSError, HTTPError, HTTPException) as error:
        raise FetchFailed("It took too long." if deadline.is_over else "The connection failed.") from error
    finally:
        connection.close()


def _connection(target: Target, deadline: Deadline) -> _Watched:
    timeout = min(SILENCE, deadline.left)
    if target.scheme == "http":
        connection = _Watched(target.address, target.port, timeout=timeout)
    else:
        connection = _WatchedTls(
            target.address,
            target.port,
            timeout=timeout,
            ssl_context=ssl.create_default_context(),
            server_hostname=target.host,
        )
    connection.deadline = deadline
    return connection


def _next(target: Target, response: HTTPResponse) -> str:
    location = response.headers.get("Location", "")
    if not location:
        raise FetchRefused("It was sent on to nowhere.")
    return urljoin(target.url, location)


def _file(response: HTTPResponse, policy: Policy, deadline: Deadline) -> Fetched:
    if response.status != 200:
        raise FetchFailed("It is not there.", response.status)
    body = bytearray()
    while piece := response.read1(PIECE, decode_content=False):
        body += piece
        if len(body) > policy.most_bytes:
            raise FetchFailed("It is too large.", response.status)
    if deadline.is_over:  # an answer without a length ends like one that was cut
        raise FetchFailed("It took too long.", response.status)
    return Fetched(bytes(body), response.headers.get("Content-Type", ""))
