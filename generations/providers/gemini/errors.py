"""Sorts what a call can raise into our own kinds, once."""

from collections.abc import Mapping

from generations.providers.base import ProviderError
from generations.providers.failures import failure_of


def sorted_error(error: Exception) -> ProviderError:
    """A lost connection or an unreadable answer may pass; the rest is as its status says."""
    import httpx2
    from google.genai.errors import APIError

    if isinstance(error, APIError):
        return failure_of(error.code, _headers(error), error.status or "")
    code = "PROVIDER_ERROR" if isinstance(error, httpx2.TransportError) else "BAD_OUTPUT"
    return ProviderError("transient", code, type(error).__name__)


def _headers(error: Exception) -> Mapping[str, str]:
    return getattr(getattr(error, "response", None), "headers", {})
