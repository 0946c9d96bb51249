"""Addresses that are told when a job ends: added, removed, and told."""

import secrets
from base64 import b64encode
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from accounts.models import User
from config.errors import AppError
from generations.models import Delivery, Job, WebhookEndpoint
from generations.outgoing import FetchRefused
from generations.outgoing.configured import policy_for_anybody
from generations.outgoing.policy import checked_name
from generations.queue import publish

MOST_ENDPOINTS = 5
SECRET_BYTES = 24
LONGEST_URL = 500


@transaction.atomic
def add_endpoint(*, user: User, url: str) -> WebhookEndpoint:
    """An https address of a public server. Raises VALIDATION_ERROR, or CONFLICT when there are enough of them."""
    one_at_a_time(f"webhook endpoints of {user.pk}")
    _check_url(url)
    if WebhookEndpoint.objects.filter(user=user).count() >= MOST_ENDPOINTS:
        raise AppError("CONFLICT", _("You have as many addresses as you can have. Remove one first."))
    secret = f"whsec_{b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"
    return WebhookEndpoint.objects.create(user=user, url=url, secret=secret)


def remove_endpoint(*, endpoint: WebhookEndpoint) -> None:
    """With everything that was on its way there."""
    endpoint.delete()


@transaction.atomic
def ping(*, endpoint: WebhookEndpoint) -> Delivery:
    """A message that only says hello, to try the address."""
    return _post(endpoint, {"type": "ping", "data": {}}, timezone.now())


def announce(job: Job, *, at: datetime) -> None:
    """Tells the owner's programs that a job has ended, in the transaction that ended it."""
    data = {"id": str(job.pk), "mode": job.mode, "status": job.status}
    for endpoint in WebhookEndpoint.objects.filter(user=job.user_id, gone_at=None):
        _post(endpoint, {"type": "job.ended", "data": data}, at)


def _post(endpoint: WebhookEndpoint, message: dict[str, object], at: datetime) -> Delivery:
    payload = {**message, "timestamp": at.isoformat()}
    delivery = Delivery.objects.create(endpoint=endpoint, payload=payload, created_at=at, not_before=at)
    publish()
    return delivery


def _check_url(url: str) -> None:
    """Where its name leads is looked up anew with every message."""
    try:
        if len(url) > LONGEST_URL:
            raise FetchRefused("too long")
        checked_name(url, policy_for_anybody())
    except FetchRefused as error:
        problem = _("Please give an https address of a public server, without a name and password in it.")
        raise AppError("VALIDATION_ERROR", problem, details={"url": [problem]}) from error
