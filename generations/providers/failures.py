"""What a status of HTTP says about trying again; the same for every service."""

from collections.abc import Mapping

from generations.providers.base import ProviderError
from generations.providers.retry_after import seconds_to_wait

BUSY = 429
PASSING = {408, 500, 502, 503, 504}


def failure_of(status: int, headers: Mapping[str, str], note: str = "") -> ProviderError:
    """A busy or broken service may recover; a refusal of the call itself will not change."""
    if status == BUSY:
        return ProviderError(
            "transient", "PROVIDER_RATE_LIMITED", "429", retry_after=seconds_to_wait(headers)
        )
    words = f"{status} {note}".strip()
    if status in PASSING:
        return ProviderError("transient", "PROVIDER_ERROR", words)
    return ProviderError("permanent", "PROVIDER_ERROR", words)
