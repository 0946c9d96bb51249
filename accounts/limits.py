"""How many sign-in mails go out: an hour per address and per network, counted from the links themselves."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import SignInLink
from config.errors import rate_limited

HOUR = timedelta(hours=1)


def one_at_a_time(name: str) -> None:
    """Makes other transactions that use the same name wait until this one ends.

    On SQLite every transaction is already alone (BEGIN IMMEDIATE).
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def check_mails(*, email: str, network_hash: str, at: datetime) -> None:
    """Raises RATE_LIMITED when the address or the network has had its mails of the last hour.

    Call it in the transaction that writes the next link: simultaneous requests are counted one after another. Known
    and unknown addresses are counted alike.
    """
    one_at_a_time(f"sign-in mail to {email}")
    one_at_a_time(f"sign-in mail for {network_hash}")
    recent = SignInLink.objects.filter(created_at__gt=at - HOUR)
    _check(recent.filter(user__email=email), settings.SIGN_IN_MAILS_PER_ADDRESS_HOUR, at=at)
    _check(recent.filter(network_hash=network_hash), settings.SIGN_IN_MAILS_PER_NETWORK_HOUR, at=at)


def _check(links: QuerySet[SignInLink], most: int, *, at: datetime) -> None:
    if links.count() < most:
        return
    oldest = links.order_by("created_at").values_list("created_at", flat=True).first() or at
    message = _("We have sent several mails already. Please look for them, or try again in a while.")
    raise rate_limited(message, int((oldest + HOUR - at).total_seconds()))
