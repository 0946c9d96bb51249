"""What a plan allows, as settings say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Limits:
    uploads_an_hour: int
    pages_an_hour: int
    pages_a_day: int
    plans_an_hour: int
    titles_an_hour: int
    jobs_in_flight: int
    storage_bytes: int


def limits_of(user: "User") -> Limits:
    """The limits of the user's plan."""
    return Limits(**settings.PLAN_LIMITS[user.plan])


def priority_of(user: "User") -> int:
    """1-10; paid plans are served first."""
    return settings.PLAN_PRIORITY[user.plan]
