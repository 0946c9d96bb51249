"""Tells somebody else something over HTTPS, at the very address that was checked."""

import ssl
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from requests import RequestException, Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from generations.outgoing.connection import HEADERS, SILENCE, FetchFailed, Watched, WatchedTls
from generations.outgoing.deadline import Deadline
from generations.outgoing.policy import Policy, Target, checked


def post(url: str, body: bytes, headers: Mapping[str, str], policy: Policy) -> int:
    """The HTTP status of the answer; what else is in it is not read, and no redirect followed.

    Raises FetchRefused when the policy does not allow the URL, FetchFailed when no answer came in time.
    """
    target = checked(url, policy)
    told = {**HEADERS, **headers, "Host": target.netloc}
    with Deadline(policy.seconds) as deadline, _session(target, deadline) as session:
        try:
            status = _status(session, target, body, told, min(SILENCE, deadline.left))
        except (RequestException, HTTPError, HTTPException, OSError) as error:
            reason = "It took too long." if deadline.is_over else "The connection failed."
            raise FetchFailed(reason) from error
        if deadline.is_over:  # a head that was cut looks like one that has ended
            raise FetchFailed("It took too long.", status)
        return status


def _status(session: Session, target: Target, body: bytes, headers: Mapping[str, str], wait: float) -> int:
    with session.post(
        target.url, body, headers=headers, timeout=wait, allow_redirects=False, stream=True
    ) as answer:
        return answer.status_code


def _session(target: Target, deadline: Deadline) -> Session:
    """Knows no proxy and no password file, and one address only."""
    session = Session()
    session.trust_env = False
    session.mount(f"{target.scheme}://", _OneAddress(target, deadline))
    return session


class _OneAddress(HTTPAdapter):
    """Connects where it was checked, whatever the name leads to by now, and no longer than the deadline."""

    def __init__(self, target: Target, deadline: Deadline) -> None:
        super().__init__()
        self._pool = _pool(target, deadline)

    def get_connection_with_tls_context(self, *_request: Any, **_options: Any) -> HTTPConnectionPool:
        return self._pool

    def close(self) -> None:
        super().close()
        self._pool.close()


def _pool(target: Target, deadline: Deadline) -> HTTPConnectionPool:
    where: dict[str, Any] = {"host": target.address, "port": target.port, "deadline": deadline}
    if target.scheme == "http":
        pool = HTTPConnectionPool(**where)
        pool.ConnectionCls = Watched
    else:
        trusted: dict[str, Any] = {
            "server_hostname": target.host,
            "ssl_context": ssl.create_default_context(),
        }
        pool = HTTPSConnectionPool(**where, **trusted)
        pool.ConnectionCls = WatchedTls
    return pool
