"""What has become of a prediction. https://replicate.com/docs/topics/predictions/lifecycle (2026)."""

from typing import TYPE_CHECKING, Any

from generations.providers.base import Failed, ProviderError
from generations.providers.failures import failure_of

if TYPE_CHECKING:
    from replicate.prediction import Prediction

NEWS_COMES_WITHIN = 20.0  # seconds
RUNNING = {"starting", "processing", "queued"}
# What models write when a safety rule of theirs has spoken.
REFUSALS = ("flagged as sensitive", "nsfw", "safety", "content policy", "moderation", "e005")


def address_in(prediction: "Prediction") -> str | Failed | None:
    """Where the picture lies; why there is none; or None while it is being drawn."""
    if prediction.status in RUNNING:
        return None
    if prediction.status != "succeeded":
        return Failed(_reason(str(prediction.status), str(prediction.error or "")))
    address = _first_address(prediction.output)
    return address or Failed(ProviderError("transient", "BAD_OUTPUT", "an answer without a picture"))


def sorted_error(error: Exception, *, asks_for_news: bool = False) -> ProviderError:
    """A lost connection or an unreadable answer may pass; the rest is as its status says.

    The provider may have taken a call whose answer was lost. Where it can tell us so, its news is waited for before
    anything is asked for, and paid for, again.
    """
    import httpx

    from generations.providers.replicate.client import Refused

    if isinstance(error, Refused):
        return failure_of(error.status, error.headers)
    code = "PROVIDER_ERROR" if isinstance(error, httpx.TransportError) else "BAD_OUTPUT"
    wait = NEWS_COMES_WITHIN if asks_for_news and not isinstance(error, httpx.ConnectError) else 0
    return ProviderError("transient", code, type(error).__name__, retry_after=wait)


def _reason(status: str, words: str) -> ProviderError:
    if any(sign in words.lower() for sign in REFUSALS):
        return ProviderError("rejected", "CONTENT_REJECTED", status)
    return ProviderError("transient", "PROVIDER_ERROR", status)


def _first_address(output: Any) -> str:
    first = output[0] if isinstance(output, list) and output else output
    return first if isinstance(first, str) else ""
