"""Asks a model for words, on the same record and within the same money as what is drawn."""

from dataclasses import dataclass
from math import inf
from typing import Generic

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generations.admission import NotNow, check_admission, heed
from generations.attempts import close_attempt, cost_of_failure
from generations.models import Attempt
from generations.providers import ProviderError, TextProvider, text_providers
from generations.providers.base import FormT
from generations.states import RenderError

TRIES = 2  # the first, and one more where the answer did not hold what was asked for


@dataclass(frozen=True)
class Question(Generic[FormT]):
    """What is asked, and the form that the answer fills in."""

    kind: Attempt.Kind
    prompt: str
    form: type[FormT]
    version: str  # of the prompt's text
    seconds: float = inf  # that one call may take at most, where it is less than the writer's own limit
    tries: int = TRIES


def writers(*, seconds: float = inf) -> list[TextProvider]:
    """Who writes here, in the order they are asked; empty where nobody does. None takes longer than `seconds`."""
    options = settings.TEXT_OPTIONS.items()
    hurried = {name: {**own, "seconds": min(own["seconds"], seconds)} for name, own in options}
    return text_providers(settings.PROVIDERS, hurried)


def ask(question: Question[FormT]) -> FormT:
    """What the first writer who answers makes of it. Raises ProviderError: rejected where a safety rule of theirs spoke,
    which is not carried to the next, else transient: nobody answered.

    The prompt is not kept: a call for words has no owner with whom it would go.
    """
    for writer in writers(seconds=question.seconds):
        try:
            return _asked(writer, question)
        except NotNow:
            continue
        except ProviderError as error:
            if error.kind == "rejected":
                raise
    raise ProviderError("transient", RenderError.PROVIDER_ERROR, "nobody writes just now")


def _asked(writer: TextProvider, question: Question[FormT], number: int = 1) -> FormT:
    """Raises NotNow, and ProviderError as it came."""
    attempt = _opened(writer, question, number)
    try:
        return _on_record(writer, attempt, question)
    except ProviderError as error:
        if error.code != RenderError.BAD_OUTPUT or number == question.tries:
            raise
    return _asked(writer, question, number + 1)


@transaction.atomic
def _opened(writer: TextProvider, question: Question[FormT], number: int) -> Attempt:
    """Written before the call, with its price. Raises NotNow, and writes nothing."""
    at = timezone.now()
    check_admission(writer, at=at)
    return Attempt.objects.create(
        kind=question.kind,
        number=number,
        claim_no=0,
        provider=writer.name,
        model=writer.model,
        prompt_version=question.version,
        cost_micro_usd=writer.price_micro_usd,
        started_at=at,
    )


def _on_record(writer: TextProvider, attempt: Attempt, question: Question[FormT]) -> FormT:
    try:
        answer = writer.ask(question.prompt, question.form)
    except ProviderError as error:
        heed(writer.name, error, at=timezone.now())
        close_attempt(attempt, Attempt.Outcome(error.kind), error_code=error.code, **cost_of_failure(error))
        raise
    heed(writer.name, None, at=timezone.now())
    close_attempt(attempt, Attempt.Outcome.DRAWN)
    return answer
