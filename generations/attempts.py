"""The record of a call of a provider: written before the call, closed after it, and what follows from its end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from generations import storage
from generations.actions.outcome import ClaimLost, fail, give_back
from generations.models import Attempt, Render
from generations.permission import artists_of
from generations.providers import Provider, ProviderError
from generations.states import RenderError
from generations.tries import choose, delay

logger = logging.getLogger(__name__)


def open_attempt(render: Render, provider: Provider, **told: str) -> Attempt:
    """Written before the call, so that a crash in it counts. `told`: prompt and prompt_version."""
    return Attempt.objects.create(
        render=render,
        number=render.attempts.count() + 1,
        claim_no=render.claim_no,
        provider=provider.name,
        model=provider.model,
        **told,
    )


@contextmanager
def on_record(render: Render, attempt: Attempt) -> Iterator[None]:
    """What goes wrong inside ends the attempt: the render gets another try, now or later, or fails. Raises ClaimLost."""
    try:
        yield
    except ProviderError as error:
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
    close_attempt(attempt, Attempt.Outcome(error.kind), error_code=error.code)
    attempts = list(Attempt.objects.counted(render))
    if choose(artists_of(render), attempts) is None:
        fail(render=render, code=RenderError(error.code), at=timezone.now())
        return
    own = [one for one in attempts if one.provider == attempt.provider]
    wait = delay(own, error.retry_after) if error.kind == "transient" else timedelta(0)
    give_back(render=render, not_before=timezone.now() + wait)
