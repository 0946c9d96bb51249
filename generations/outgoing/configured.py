"""The policy that the settings of this site make."""

from django.conf import settings

from generations.outgoing.policy import Policy


def policy_for(*hosts: str) -> Policy:
    """From these hosts of a provider's own, and from those that the operator has named."""
    return Policy(hosts=(*hosts, *settings.OUTGOING_HOSTS), loopback=settings.OUTGOING_LOOPBACK)
