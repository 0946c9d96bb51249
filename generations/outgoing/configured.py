"""The policies that the settings of this site make."""

from django.conf import settings

from generations.outgoing.policy import ANY, Policy

ANSWER_SECONDS = 10.0  # that a program has to say that it has heard


def policy_for(*hosts: str) -> Policy:
    """From these hosts of a provider's own, and from those that the operator has named."""
    return Policy(hosts=(*hosts, *settings.OUTGOING_HOSTS), loopback=settings.OUTGOING_LOOPBACK)


def policy_for_anybody() -> Policy:
    """For addresses that people give us: any public server, and not long."""
    return Policy(hosts=(ANY,), loopback=settings.OUTGOING_LOOPBACK, seconds=ANSWER_SECONDS)
