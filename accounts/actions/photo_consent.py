"""What a family says about where its photos may be drawn."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import PhotoConsent, User


@transaction.atomic
def allow_photos(*, user: User, providers: Collection[str]) -> None:
    """Photos may go to these from now on, and to no other."""
    _say(user, draws_here_only=False)
    user.photo_consents.exclude(provider__in=providers).delete()
    rows = [PhotoConsent(user=user, provider=provider) for provider in providers]
    PhotoConsent.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def keep_photos_here(*, user: User) -> None:
    """Photos leave this server no more. Every earlier yes is taken back."""
    _say(user, draws_here_only=True)
    user.photo_consents.all().delete()


def _say(user: User, *, draws_here_only: bool) -> None:
    """First of all, so that two answers at once wait for each other at this row."""
    User.objects.filter(pk=user.pk).update(draws_here_only=draws_here_only)
    user.draws_here_only = draws_here_only
