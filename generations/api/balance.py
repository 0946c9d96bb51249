"""The balance: here and not with the ledger, because what is held depends on the pictures in the making."""

from datetime import datetime, timedelta

from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from accounts.models import User
from config.api_auth import caller
from config.envelope import Ok, answers
from credits import limits
from credits.actions import used_since
from credits.models import CreditAccount, UsageEvent
from credits.schemas import Balance
from generations.models import Render

router = Router(tags=["credits"])


@router.get("", response=answers(Balance), summary="Balance and limits")
def credits_balance(request: HttpRequest) -> Ok[Balance]:
    """How many credits there are, how many were used, and what the plan still allows now."""
    return Ok[Balance](data=balance_of(caller(request), at=timezone.now()))


def balance_of(user: User, *, at: datetime) -> Balance:
    account = CreditAccount.objects.of(user)
    hour, day = limits.left(user, account, UsageEvent.Kind.GENERATION, at=at)
    (uploads,) = limits.left(user, account, UsageEvent.Kind.UPLOAD, at=at)
    today = limits.day_start(user, at=at)
    return Balance(
        balance=account.balance,
        held=held_by(user),
        used_this_month=used_since(account, today.replace(day=1)),
        uploads_left_hour=uploads,
        generations_left_hour=hour,
        left_today=day,
        resets_at=today + timedelta(days=1),
    )


def held_by(user: User) -> int:
    """Credits taken for pages that are not there yet: given back unless they come."""
    return Render.objects.owned_by(user).live().aggregate(held=Sum("price", default=0))["held"]
