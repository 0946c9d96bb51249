"""Sorts what a call can raise into our own kinds, once."""

from collections.abc import Mapping

from generations.providers.base import ErrorKind, ProviderError
from generations.providers.retry_after import seconds_to_wait

BUSY = 429
PASSING = {408, 500, 502, 503, 504}


def sorted_error(error: Exception) -> ProviderError:
    """A busy or broken service, a lost connection or an unreadable answer may pass; a refusal of the call will not."""
    from google.genai.errors import APIError

    if not isinstance(error, APIError):
        return _sorted_failure(error)
    if error.code == BUSY:
        wait = seconds_to_wait(_headers(error))
        return ProviderError("transient", "PROVIDER_RATE_LIMITED", "429", retry_after=wait)
    kind: ErrorKind = "transient" if error.code in PASSING else "permanent"
    return ProviderError(kind, "PROVIDER_ERROR", f"{error.code} {error.status or ''}".strip())


def _sorted_failure(error: Exception) -> ProviderError:
    import httpx2

    code = "PROVIDER_ERROR" if isinstance(error, httpx2.TransportError) else "BAD_OUTPUT"
    return ProviderError("transient", code, type(error).__name__)


def _headers(error: Exception) -> Mapping[str, str]:
    return getattr(getattr(error, "response", None), "headers", {})
