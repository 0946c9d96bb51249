"""News of calls that were over for us: a picture after its refund is a present, an unheard-of one is kept or called off."""

import logging

from django.db import transaction
from django.utils import timezone

from config.logs import about
from generations.actions.outcome import ClaimLost, adopt
from generations.delivery import deliver_drawn
from generations.later import fetched, late_provider
from generations.models import Attempt, CallOff, Render, WebhookEvent
from generations.providers import Elsewhere, ProviderError
from generations.states import RenderStatus
from generations.storage import StorageError

logger = logging.getLogger(__name__)


def heed_next() -> bool:
    """Heeds the oldest piece of late news; False when there is none."""
    event = (
        WebhookEvent.objects.to_heed()
        .select_related("attempt__render__job__user")
        .order_by("received_at")
        .first()
    )
    if event is None:
        return False
    render = event.attempt.render
    if event.process(at=timezone.now()) and render is not None:
        with about(job=render.job_id, render=render.pk):
            _heed(event, event.attempt, render)
    return True


def _heed(event: WebhookEvent, attempt: Attempt, render: Render) -> None:
    if not attempt.external_id:
        _adopt_or_call_off(event, attempt, render)
    elif render.status == RenderStatus.FAILED and attempt.external_id == event.external_id:
        _give_present(attempt, render)


def _adopt_or_call_off(event: WebhookEvent, attempt: Attempt, render: Render) -> None:
    """The asking call failed after the provider had taken it: it is paid for, so it is used where nobody has asked anew."""
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(external_id=event.external_id)
        if not adopt(render=render, attempt=attempt, at=timezone.now()):
            CallOff.objects.get_or_create(provider=attempt.provider, external_id=event.external_id)


def _give_present(attempt: Attempt, render: Render) -> None:
    """The refund stands, nothing is charged. A picture that is no page after all is forgotten."""
    provider = late_provider(attempt.provider)
    try:
        found = provider.look(attempt.external_id)
        if isinstance(found, Elsewhere):
            drawn = fetched(provider, found)
            deliver_drawn(render, attempt, drawn)
            facts = {"outcome": Attempt.Outcome.DRAWN, "cost_micro_usd": drawn.cost_micro_usd}
            Attempt.objects.filter(pk=attempt.pk).update(**facts)
    except (ProviderError, StorageError, ClaimLost):
        logger.info("no present")
