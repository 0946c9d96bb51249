"""What a model answered: a picture, or the reason why there is none."""

import base64
import binascii
from typing import TYPE_CHECKING

from generations.providers.base import ProviderError
from generations.providers.failures import failure_of

if TYPE_CHECKING:
    from openai.types import ImagesResponse

# https://platform.openai.com/docs/guides/image-generation#content-moderation
REFUSALS = {"moderation_blocked", "content_policy_violation"}


def picture_in(answer: "ImagesResponse") -> bytes:
    """The encoded bytes of the first picture. Raises ProviderError (transient) for an answer without one."""
    written = next((image.b64_json for image in answer.data or [] if image.b64_json), "")
    try:
        picture = base64.b64decode(written or "", validate=True)
    except binascii.Error:
        picture = b""
    if not picture:
        raise ProviderError("transient", "BAD_OUTPUT", "an answer without a picture")
    return picture


def sorted_error(error: Exception) -> ProviderError:
    """A lost connection or an unreadable answer may pass, a safety rule is final, the rest is as its status says."""
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIConnectionError):
        return ProviderError("transient", "PROVIDER_ERROR", type(error).__name__)
    if not isinstance(error, APIStatusError):
        return ProviderError("transient", "BAD_OUTPUT", type(error).__name__)
    if error.code in REFUSALS:
        return ProviderError("rejected", "CONTENT_REJECTED", str(error.code))
    return failure_of(error.status_code, error.response.headers, error.code or "")
