"""The sessions somebody has open. Django ties no row to its user: each one is looked into."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.models import Session

from accounts.browser import SESSION_KEY as ASKED_KEY
from accounts.models import User

BATCH = 500


def sessions_of(user: User) -> Iterator[Session]:
    """Every session of the user, also one that has just run out."""
    for session in Session.objects.iterator(chunk_size=BATCH):
        if session.get_decoded().get(USER_KEY) == str(user.pk):
            yield session


def end_sessions(user: User) -> None:
    """Every session that names them, also of browsers that asked for a mail to them and never signed in."""
    sessions = Session.objects.iterator(chunk_size=BATCH)
    keys = [session.pk for session in sessions if _names(user, session.get_decoded())]
    Session.objects.filter(pk__in=keys).delete()


def _names(user: User, facts: dict[str, Any]) -> bool:
    return facts.get(USER_KEY) == str(user.pk) or facts.get(ASKED_KEY, {}).get("email") == user.email
