"""Fetches a file over HTTPS. Each hop is checked anew and connected at the very address that was checked."""

from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.response import HTTPResponse

from generations.outgoing.connection import FetchFailed, answered
from generations.outgoing.deadline import Deadline
from generations.outgoing.policy import FetchRefused, Policy, Target, checked

PIECE = 64 * 1024  # bytes
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """A file from elsewhere. `content_type` is what its server calls it: a hint, to be judged by the content."""

    body: bytes
    content_type: str


def fetch(url: str, policy: Policy) -> Fetched:
    """What a URL holds, redirects followed.

    Raises FetchRefused when the policy does not allow the URL or a hop of it, FetchFailed when the answer is an
    error, too large, too slow, cut off or sent on too often.
    """
    with Deadline(policy.seconds) as deadline:
        for _hop in range(policy.redirects + 1):
            target = checked(url, policy)
            with answered("GET", target, deadline) as response:
                if response.status not in REDIRECTS:
                    return _file(response, policy, deadline)
                url = _next(target, response)
    raise FetchFailed("It was sent on too often.")


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
