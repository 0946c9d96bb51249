"""What a plan still allows, told with every answer that used some of it."""

from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from config.envelope import REMAINING
from credits import limits
from credits.models import CreditAccount


def tell_remaining(response: HttpResponse, user: User, kind: str) -> None:
    """Sets the header to how many more of this kind fit into the tightest window now."""
    account = CreditAccount.objects.of(user)
    response[REMAINING] = str(min(limits.left(user, account, kind, at=timezone.now())))
