"""The record of a call of a provider: written before the call, closed after it, and what follows from its end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from generations import storage
from generations.actions.outcome import ClaimLost, fail, give_back
from generations.admission import check_admission, heed
from generations.models import Attempt, Render
from generations.permission import artists_of
from generations.providers import Provider, ProviderError
from generations.states import RenderError
from generations.tries import choices_left, delay

logger = logging.getLogger(__name__)


@transaction.atomic
def open_attempt(render: Render, provider: Provider, *, at: datetime, **told: Any) -> Attempt:
    """Written before the call, so that a crash in it counts, with its price. `told`: prompt, prompt_version
    and reference.

    Raises NotNow when this provider must not be called at present, and writes nothing.
    """
    check_admission(provider, at=at)
    return Attempt.objects.create(
        render=render,
        number=render.attempts.count() + 1,
        claim_no=render.claim_no,
        provider=provider.name,
        model=provider.model,
        cost_micro_usd=provider.price_micro_usd,
        started_at=at,
        **told,
    )


@contextmanager
def on_record(render: Render, attempt: Attempt) -> Iterator[None]:
    """What goes wrong inside ends the attempt: the render gets another try, now or later, or fails. Raises ClaimLost."""
    try:
        yield
    except ProviderError as error:
        heed(attempt.provider, error, at=timezone.now())
        _settle(render, attempt, error)
    except storage.StorageError:
        _settle(render, attempt, ProviderError("transient", RenderError.STORAGE_ERROR))
    except ClaimLost:
        close_attempt(attempt, Attempt.Outcome.LOST)
        raise
    except Exception:
        # A fault of ours must not hold up the queue: it counts as an attempt like any other.
        logger.exception("drawing failed")
        _settle(render, attempt, ProviderError("transient", RenderError.PROVIDER_ERROR))


def close_attempt(attempt: Attempt, outcome: Attempt.Outcome, **facts: object) -> None:
    """The attempt's end, unless the supervisor has written it off as lost."""
    code = facts.get("error_code") or outcome
    logger.info("attempt ended", extra={"attempt": attempt.number, "code": code})
    running = Attempt.objects.filter(pk=attempt.pk, outcome=Attempt.Outcome.RUNNING)
    running.update(outcome=outcome, ended_at=timezone.now(), **facts)


@transaction.atomic
def _settle(render: Render, attempt: Attempt, error: ProviderError) -> None:
    close_attempt(attempt, Attempt.Outcome(error.kind), error_code=error.code, **cost_of_failure(error))
    attempts = list(Attempt.objects.counted(render))
    if not choices_left(artists_of(render), attempts):
        fail(render=render, code=RenderError(error.code), at=timezone.now())
        return
    own = [one for one in attempts if one.provider == attempt.provider]
    wait = delay(own, error.retry_after) if error.kind == "transient" else timedelta(0)
    give_back(render=render, not_before=timezone.now() + wait)


def cost_of_failure(error: ProviderError) -> dict[str, int]:
    """What to write over an attempt's price: what was no good was made all the same, no answer costs nothing."""
    was_drawn = error.kind == "uncolourable" or error.code == RenderError.BAD_OUTPUT
    return {} if was_drawn else {"cost_micro_usd": 0}
