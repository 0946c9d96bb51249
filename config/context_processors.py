"""What every page knows."""

from django.http import HttpRequest

from credits.models import CreditAccount
from generations.permission import photo_companies


def site(request: HttpRequest) -> dict[str, object]:
    """What a template may ask for: the balance in the header, a number or None for a visitor, and who draws from photos."""
    return {
        "balance": lambda: _balance(request),
        "photo_companies": lambda: [provider.company for provider in photo_companies()],
    }


def _balance(request: HttpRequest) -> int | None:
    if not request.user.is_authenticated:
        return None
    return CreditAccount.objects.balance_of(request.user)
