"""What is drawn elsewhere: looked after until it has come, fetched, delivered; or called off."""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from config.logs import about
from generations.actions.outcome import ClaimLost, take_back
from generations.attempts import on_record
from generations.claims import CANDIDATES, Lease
from generations.delivery import deliver_drawn
from generations.models import Attempt, CallOff, Render
from generations.outgoing import FetchFailed, FetchRefused, fetch
from generations.outgoing.configured import policy_for
from generations.providers import Drawn, Elsewhere, Failed, LateProvider, ProviderError, provider_named

logger = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=30)
FETCH_AGAIN_AFTER = (1, 2, 4)  # seconds
CALL_OFF_AGAIN_AFTER = timedelta(seconds=10)


def look_after_next() -> bool:
    """Looks after one render that is drawn elsewhere; False when none is due."""
    render = _due_for_a_look(timezone.now())
    if render is None:
        return False
    with about(job=render.job_id, render=render.pk):
        _look_after(render)
    return True


def call_off_next() -> bool:
    """Tells a provider that nobody wants a prediction any more; False when there is none."""
    at = timezone.now()
    row = CallOff.objects.due(at=at).order_by("not_before").first()
    if row is None:
        return False
    same = CallOff.objects.filter(pk=row.pk, tries=row.tries)
    if same.update(tries=F("tries") + 1, not_before=at + CALL_OFF_AGAIN_AFTER * 2**row.tries):
        _call_off(row)
    return True


def _due_for_a_look(at: datetime) -> Render | None:
    """The render that is due longest, for exactly one caller."""
    due = Render.objects.to_look_after(at=at).order_by("next_poll_at").select_related("job__user")
    return next((render for render in due[:CANDIDATES] if _takes_the_look(render, at)), None)


def _takes_the_look(render: Render, at: datetime) -> bool:
    """False when somebody else has looked since this row was read."""
    same = Render.objects.waiting_as(render).filter(next_poll_at=render.next_poll_at)
    return bool(same.update(next_poll_at=at + LOOK_EVERY, looked_at=at))


def _look_after(render: Render) -> None:
    attempt = Attempt.objects.under_way().filter(render=render).order_by("-number")[0]
    provider = late_provider(attempt.provider)
    try:
        found = provider.look(attempt.external_id)
    except ProviderError as error:
        if error.kind == "transient":  # only the look failed: the next one may not
            logger.warning("a look failed", extra={"code": error.code})
            return
        found = Failed(error)
    if found is not None:
        _take(render, attempt, provider, found)


def _take(render: Render, attempt: Attempt, provider: LateProvider, found: Elsewhere | Failed) -> None:
    held = take_back(render=render, at=timezone.now())
    if held is None:
        return
    try:
        with Lease(held), on_record(held, attempt):
            if isinstance(found, Failed):
                raise found.error
            deliver_drawn(held, attempt, fetched(provider, found))
    except ClaimLost:
        logger.info("claim lost")


def fetched(provider: LateProvider, found: Elsewhere) -> Drawn:
    """Fetched at once, as it is soon deleted; a fetch that fails is repeated, the drawing is not. Raises ProviderError."""
    policy = policy_for(*provider.picture_hosts)
    for pause in (*FETCH_AGAIN_AFTER, None):
        try:
            return Drawn(picture=fetch(found.url, policy).body, cost_micro_usd=found.cost_micro_usd)
        except FetchRefused as error:
            raise ProviderError("permanent", "BAD_OUTPUT", str(error)) from error
        except FetchFailed as error:
            if pause is None:
                raise ProviderError("transient", "BAD_OUTPUT", str(error)) from error
            time.sleep(pause)
    raise AssertionError("the last pause is none")


def _call_off(row: CallOff) -> None:
    try:
        late_provider(row.provider).cancel(row.external_id)
    except ProviderError as error:
        logger.warning("a call-off failed", extra={"code": error.code})
        if error.kind == "transient" and row.tries + 1 < CallOff.MOST_TRIES:
            return
    row.delete()


def late_provider(name: str) -> LateProvider:
    provider = provider_named(name, settings.PROVIDER_OPTIONS)
    assert isinstance(provider, LateProvider)
    return provider
