"""Messages on their way to programs: signed as Standard Webhooks 1.0 says, sent again for a day, then given up."""

import json
import logging
from datetime import datetime, timedelta

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from generations.models import Delivery, WebhookEndpoint
from generations.outgoing import FetchFailed, FetchRefused, post
from generations.outgoing.configured import policy_for_anybody

logger = logging.getLogger(__name__)

AGAIN_AFTER = (5, 60, 300, 1800, 7200, 21_600, 50_000)  # seconds; together less than a day
LEASE = timedelta(seconds=60)  # a worker that is killed while sending: another one sends it again then
GONE = 410
CANDIDATES = 8


def send_next() -> bool:
    """Sends the message that is due longest; False when there is none."""
    at = timezone.now()
    due = Delivery.objects.due(at=at).order_by("not_before").select_related("endpoint")
    held = next((one for one in due[:CANDIDATES] if _takes(one, at)), None)
    if held is None:
        return False
    _settle(held, _sent(held), timezone.now())
    return True


def _takes(delivery: Delivery, at: datetime) -> bool:
    """False when somebody else was quicker."""
    same = Delivery.objects.due(at=at).filter(pk=delivery.pk, tries=delivery.tries)
    delivery.tries += 1
    return bool(same.update(tries=delivery.tries, not_before=at + LEASE))


def _sent(delivery: Delivery) -> int | None:
    """The status of the answer; None without one."""
    at = timezone.now()
    body = json.dumps(delivery.payload, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": str(delivery.pk),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(delivery.endpoint.secret).sign(str(delivery.pk), at, body),
    }
    try:
        return post(delivery.endpoint.url, body.encode(), headers, policy_for_anybody())
    except (FetchRefused, FetchFailed):
        return None


def _settle(delivery: Delivery, status: int | None, at: datetime) -> None:
    logger.info("webhook sent", extra={"code": status, "attempt": delivery.tries})
    facts: dict[str, object] = {"last_status": status}
    if status is not None and 200 <= status < 300:
        facts |= {"outcome": Delivery.Outcome.DELIVERED, "ended_at": at}
    elif status == GONE or delivery.tries > len(AGAIN_AFTER):
        facts |= {"outcome": Delivery.Outcome.FAILED, "ended_at": at}
    else:
        facts |= {"not_before": at + timedelta(seconds=AGAIN_AFTER[delivery.tries - 1])}
    Delivery.objects.held_as(delivery).update(**facts)
    if status == GONE:
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id, gone_at=None).update(gone_at=at)
