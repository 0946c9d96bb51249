"""A provider says that a prediction has ended."""

import logging
from datetime import datetime

from django.db import transaction

from generations.models import Attempt, Render, WebhookEvent
from generations.queue import publish
from generations.webhooks import Message

logger = logging.getLogger(__name__)


@transaction.atomic
def take_event(*, provider: str, attempt_id: str, message: Message, at: datetime) -> None:
    """Stores the message once and brings the look at its render forward; the work itself is a worker's.

    What names no call of ours is only noted: there is nothing to do for it.
    """
    attempt = Attempt.objects.filter(pk=attempt_id, provider=provider).select_related("render").first()
    if attempt is None or attempt.render is None:
        logger.warning("a webhook about nothing of ours", extra={"provider": provider})
        return
    event, is_new = WebhookEvent.objects.get_or_create(
        provider=provider,
        event_id=message.id,
        defaults={"attempt": attempt, "external_id": message.external_id, "received_at": at},
    )
    if is_new and _bring_forward(attempt, attempt.render, message, at):
        event.process(at=at)
    if is_new:
        publish()


def _bring_forward(attempt: Attempt, render: Render, message: Message, at: datetime) -> bool:
    """Whether the render waits for just this; before the asking call has come back it does not yet."""
    if attempt.external_id != message.external_id or attempt.outcome != Attempt.Outcome.RUNNING:
        return False
    return bool(Render.objects.waiting_as(render).filter(next_poll_at__gt=at).update(next_poll_at=at))
