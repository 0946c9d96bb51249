"""Tells somebody else something over HTTPS, at the very address that was checked."""

from collections.abc import Mapping

from generations.outgoing.connection import answered
from generations.outgoing.deadline import Deadline
from generations.outgoing.policy import Policy, checked


def post(url: str, body: bytes, headers: Mapping[str, str], policy: Policy) -> int:
    """The HTTP status of the answer; what else is in it is not read, and no redirect followed.

    Raises FetchRefused when the policy does not allow the URL, FetchFailed when no answer came in time.
    """
    with (
        Deadline(policy.seconds) as deadline,
        answered("POST", checked(url, policy), deadline, body=body, headers=headers) as response,
    ):
        return int(response.status)
