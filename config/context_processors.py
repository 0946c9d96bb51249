"""What every page knows."""

from django.http import HttpRequest

from credits.models import CreditAccount


def site(request: HttpRequest) -> dict[str, object]:
    """The balance in the header: a number, or None for a visitor. Read when a template asks for it."""
    return {"balance": lambda: _balance(request)}


def _balance(request: HttpRequest) -> int | None:
    if not request.user.is_authenticated:
        return None
    return CreditAccount.objects.balance_of(request.user)
