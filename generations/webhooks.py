"""Reads what a provider sends us: signed as Standard Webhooks 1.0 says, not older than five minutes, and small."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from config.errors import AppError

MOST_BYTES = 1_000_000
LONGEST_ID = 80


@dataclass(frozen=True)
class Message:
    """`id` is the same each time it is sent; `external_id` names the prediction that has ended."""

    id: str
    external_id: str


def read_message(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> Message:
    """The message of a signed body. Raises AppError UNAUTHORIZED, or VALIDATION_ERROR for signed nonsense."""
    if not any(_is_signed(body, headers, secret) for secret in secrets):
        raise AppError("UNAUTHORIZED", _("This is not signed, or too old."))
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    external_id = told.get("id") if isinstance(told, dict) else None
    if not isinstance(external_id, str) or not 0 < len(external_id) <= LONGEST_ID:
        raise AppError("VALIDATION_ERROR", _("This names no prediction."))
    return Message(headers["webhook-id"], external_id)


def _is_signed(body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """The library raises whatever its decoders raise for what is no signature at all."""
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        return False
    return len(headers["webhook-id"]) <= 120
