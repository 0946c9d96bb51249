"""The sessions somebody has open. Django ties no row to its user: each one is looked into."""

from collections.abc import Iterator

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.models import Session

from accounts.models import User

BATCH = 500


def sessions_of(user: User) -> Iterator[Session]:
    """Every session of the user, also one that has just run out."""
    for session in Session.objects.iterator(chunk_size=BATCH):
        if session.get_decoded().get(USER_KEY) == str(user.pk):
            yield session


def end_sessions(user: User) -> None:
    keys = [session.pk for session in sessions_of(user)]
    Session.objects.filter(pk__in=keys).delete()
