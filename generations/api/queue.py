"""The queue, for hosts without a worker: a timer looks at it, and has a little of it done."""

import hmac
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.security import HttpBearer

from config.envelope import Ok, answers
from generations.models import Render, Worker
from generations.states import LEASED
from generations.without_worker import process_waiting


class QueueSecret(HttpBearer):
    """`Authorization: Bearer <QUEUE_PROCESSOR_SECRET>`, or None (401); where there is no secret, for everybody."""

    def authenticate(self, request: HttpRequest, token: str) -> bool | None:
        secret = settings.QUEUE_PROCESSOR_SECRET
        return (bool(secret) and hmac.compare_digest(token.encode(), secret.encode())) or None


router = Router(tags=["queue"], auth=QueueSecret())


class QueueStatus(Schema):
    """How many pictures are due and in nobody's hands, how many are being drawn, and how many workers live."""

    waiting: int
    running: int
    workers_alive: int
    timestamp: datetime


class Processed(Schema):
    """What was done by this call."""

    processed: int
    timestamp: datetime


@router.get("status", response=answers(QueueStatus), summary="What waits")
def queue_status(request: HttpRequest) -> Ok[QueueStatus]:
    """For the bearer of the operator's secret."""
    at = timezone.now()
    status = QueueStatus(
        waiting=Render.objects.claimable(at=at).count(),
        running=Render.objects.filter(status__in=LEASED).count(),
        workers_alive=Worker.objects.alive(at=at).count(),
        timestamp=at,
    )
    return Ok[QueueStatus](data=status)


@router.post("process", response=answers(Processed), summary="Draw some of what waits")
def queue_process(request: HttpRequest) -> Ok[Processed]:
    """Up to five pictures one after the other; after 20 seconds no further one is begun."""
    processed = process_waiting()
    return Ok[Processed](data=Processed(processed=processed, timestamp=timezone.now()))
