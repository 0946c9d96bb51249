"""Whether somebody else's model may be called now: not while it is broken, nor faster than it likes, nor beyond the money
of the day. Every question is asked and answered under the lock of a row, in the transaction that writes the attempt."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.core.mail import mail_admins
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.errors import AppError
from generations.models import Attempt, ProviderState
from generations.providers import Provider, ProviderError, Service
from generations.states import RenderError

logger = logging.getLogger(__name__)

FAILURES_TO_REST = 5
# Seconds that it then rests, longer with every trial that fails as well (M. Nygard, Release It!, 2007: circuit breaker).
RESTS = (30, 60, 120, 300)
TRIAL = timedelta(
    seconds=120
)  # longer than any call: what a killed worker was trying is tried by another then
ASK_AGAIN = timedelta(seconds=10)  # how a trial has ended
WINDOW = timedelta(minutes=1)
SUBJECT = gettext_lazy("The daily budget is spent")
TEXT = gettext_lazy(
    "AI providers are not asked any more today. PROVIDER_DAILY_MICRO_USD sets how much they may cost a day."
)


class NotNow(Exception):
    """The provider must not be called before `until`; None: not today any more."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(f"not before {until}")
        self.until = until


def check_admission(provider: Service, *, at: datetime) -> None:
    """For a call that the caller writes down in the same transaction. Raises NotNow."""
    if not provider.company:
        return
    check_purse(provider, at=at)
    state = ProviderState.objects.locked(provider.name)
    _check_pace(provider, at)
    _check_rest(state, at)


def heed(name: str, error: ProviderError | None, *, at: datetime) -> None:
    """What a call says about a provider: five failures in a row, or its own wish, give it a rest; any answer ends that."""
    if error is None or error.kind != "transient":
        well = {"failures": 0, "rests_until": None, "is_tried": False}
        ProviderState.objects.ailing().filter(name=name).update(**well)
    else:
        _note_failure(name, error, at)


def is_spent(provider: Service, *, at: datetime) -> bool:
    """Whether one more call would cost more than is left for today."""
    budget = settings.PROVIDER_DAILY_MICRO_USD
    price = provider.price_micro_usd
    return bool(budget and price and provider.company) and spent_today(at=at) + price > budget


def spent_today(*, at: datetime) -> int:
    """Micro-dollars since midnight: what was paid, and the prices of calls whose end is not known."""
    today = Attempt.objects.filter(started_at__gte=midnight(at))
    return today.aggregate(cost=Sum("cost_micro_usd"))["cost"] or 0


def midnight(at: datetime) -> datetime:
    """The last one, in the site's time zone."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def check_purse(provider: Service, *, at: datetime) -> None:
    """Locks the purse, so that no two calls spend the same last cents. Raises NotNow."""
    if not (settings.PROVIDER_DAILY_MICRO_USD and provider.price_micro_usd):
        return
    ProviderState.objects.locked(ProviderState.PURSE)
    if is_spent(provider, at=at):
        raise NotNow(None)


def check_affordable(providers: Sequence[Provider], *, at: datetime) -> None:
    """For a request that nothing was charged for yet. Raises SERVICE_UNAVAILABLE when none of them has money left today."""
    if not providers or not all(is_spent(provider, at=at) for provider in providers):
        return
    alert_once_a_day(at=at)
    wait = midnight(at) + timedelta(days=1) - at
    problem = _("As much as we can pay for was drawn today. Please come back tomorrow.")
    raise AppError("SERVICE_UNAVAILABLE", problem, headers={"Retry-After": str(ceil(wait.total_seconds()))})


def alert_once_a_day(*, at: datetime) -> None:
    """Tells the operators that the money of the day is spent."""
    today = timezone.localdate(at)
    ProviderState.objects.get_or_create(name=ProviderState.PURSE)
    if ProviderState.objects.purse_without_alert(on=today).update(alerted_on=today):
        logger.error("the daily budget for providers is spent")
        mail_admins(str(SUBJECT), str(TEXT), fail_silently=True)


def _check_pace(provider: Service, at: datetime) -> None:
    if not provider.calls_a_minute:
        return
    lately = Attempt.objects.filter(provider=provider.name, started_at__gt=at - WINDOW)
    newest = list(
        lately.order_by("-started_at").values_list("started_at", flat=True)[: provider.calls_a_minute]
    )
    if len(newest) == provider.calls_a_minute:
        raise NotNow(newest[-1] + WINDOW)


def _check_rest(state: ProviderState, at: datetime) -> None:
    """After its rest exactly one call tries it; the others wait for what becomes of that."""
    if state.rests_until is None:
        return
    if state.rests_until > at:
        raise NotNow(min(state.rests_until, at + ASK_AGAIN) if state.is_tried else state.rests_until)
    state.rests_until, state.is_tried = at + TRIAL, True
    state.save(update_fields=["rests_until", "is_tried"])


@transaction.atomic
def _note_failure(name: str, error: ProviderError, at: datetime) -> None:
    state = ProviderState.objects.select_for_update().filter(name=name).first()
    if state is None:  # ourselves
        return
    rest = _rest(state.failures + 1, _asked(error))
    state.failures += 1
    state.rests_until, state.is_tried = at + rest if rest else None, False
    state.save(update_fields=["failures", "rests_until", "is_tried"])
    logger.warning("provider ails", extra={"provider": name, "failures": state.failures})


def _asked(error: ProviderError) -> float:
    """The pause that a busy provider asks of everybody, in seconds; other waits are of one picture alone."""
    return error.retry_after if error.code == RenderError.PROVIDER_RATE_LIMITED else 0


def _rest(failures: int, asked: float) -> timedelta:
    """How long after so many failures in a row; at least what the provider asked for, in seconds."""
    trials = failures - FAILURES_TO_REST
    own = RESTS[min(trials, len(RESTS) - 1)] if trials >= 0 else 0
    return timedelta(seconds=max(own, asked))
