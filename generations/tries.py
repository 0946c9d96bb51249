"""Which provider to ask next, and when: decided from the attempts so far, so that any worker decides alike."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from generations.models import Attempt
from generations.providers import Provider
from generations.states import RenderError

DELAYS = (1, 2, 4)  # seconds before the second, third and fourth attempt
MOST_A_PROVIDER = 4
MOST_A_RENDER = 8
MOST_UNCOLOURABLE = 2  # the first, and its one redo
MOST_LOST_CLAIMS = 3

Outcome = Attempt.Outcome


@dataclass(frozen=True)
class Choice:
    provider: Provider
    is_redo: bool


def choices_left(providers: Sequence[Provider], attempts: Sequence[Attempt]) -> list[Choice]:
    """Those who may still be asked after the attempts that count, in order; empty when everything was tried.

    What one has refused is not carried to the next: a refusal is about the picture, not about who draws it.
    """
    if len(attempts) >= MOST_A_RENDER or Outcome.REJECTED in {attempt.outcome for attempt in attempts}:
        return []
    choices = (_choice(provider, attempts) for provider in providers)
    return [choice for choice in choices if choice]


def _choice(provider: Provider, attempts: Sequence[Attempt]) -> Choice | None:
    own = [attempt.outcome for attempt in attempts if attempt.provider == provider.name]
    redo = own.count(Outcome.NOT_COLOURABLE)
    if len(own) >= MOST_A_PROVIDER or redo >= MOST_UNCOLOURABLE or Outcome.PERMANENT in own:
        return None
    return Choice(provider, is_redo=redo > 0)


def delay(attempts: Sequence[Attempt], retry_after: float = 0) -> timedelta:
    """How long to wait after these attempts of one provider: 1, 2, 4 s with up to a quarter more, or as it asked."""
    base = DELAYS[min(len(attempts), len(DELAYS)) - 1]
    return timedelta(seconds=max(base * random.uniform(1, 1.25), retry_after))  # noqa: S311 (spreads load, no secret)


def final_code(attempts: Sequence[Attempt]) -> RenderError:
    """What to tell the parent when everything was tried: what the last attempt said."""
    said = [attempt.error_code for attempt in attempts if attempt.error_code]
    return RenderError(said[-1]) if said else RenderError.PROVIDER_ERROR
