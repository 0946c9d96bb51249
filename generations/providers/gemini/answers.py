"""What a model answered: a picture or words, or the reason why there are none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generations.providers.base import ProviderError

if TYPE_CHECKING:
    from google.genai.types import Candidate, GenerateContentResponse, Part

# https://ai.google.dev/api/generate-content#FinishReason: what the picture or the words were refused for.
REFUSALS = {
    "SAFETY",
    "IMAGE_SAFETY",
    "PROHIBITED_CONTENT",
    "IMAGE_PROHIBITED_CONTENT",
    "BLOCKLIST",
    "SPII",
    "RECITATION",
    "IMAGE_RECITATION",
    "MODEL_ARMOR",
}


def picture_in(answer: "GenerateContentResponse") -> tuple[bytes, str]:
    """The first picture of an answer, as encoded bytes, and the words beside it.

    Raises ProviderError: rejected where a safety rule of theirs spoke, transient for an answer without a picture.
    """
    parts = _parts(answer)
    pictures = [part.inline_data.data for part in parts if part.inline_data and part.inline_data.data]
    if not pictures:
        raise ProviderError("transient", "BAD_OUTPUT", "an answer without a picture")
    return pictures[0], " ".join(part.text for part in parts if part.text)


def words_in(answer: "GenerateContentResponse") -> str:
    """What was written, without what a model thought meanwhile. Raises ProviderError: rejected."""
    return "".join(part.text for part in _parts(answer) if part.text and not part.thought)


def _parts(answer: "GenerateContentResponse") -> "Sequence[Part]":
    if answer.prompt_feedback and answer.prompt_feedback.block_reason:
        raise ProviderError("rejected", "CONTENT_REJECTED", str(answer.prompt_feedback.block_reason))
    for candidate in answer.candidates or []:
        _check(candidate)
    return answer.parts or []


def _check(candidate: "Candidate") -> None:
    reason = candidate.finish_reason.name if candidate.finish_reason else ""
    if reason in REFUSALS:
        raise ProviderError("rejected", "CONTENT_REJECTED", reason)
