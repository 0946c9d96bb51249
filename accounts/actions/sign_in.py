"""Signing in by mail: ask for a link, look at it, redeem it by link or by code; and clearing away what is stale."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import limits, links, mail_folder
from accounts.emails import send_sign_in
from accounts.links import Secrets
from accounts.models import AuditEntry, SignInLink, SignInLinkQuerySet, User
from config.errors import AppError
from credits.actions import grant_welcome

logger = logging.getLogger(__name__)
STALE_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, where they were going ("" for nowhere), and the credits they were welcomed with (0 if none)."""

    user: User
    next_path: str
    is_first: bool
    welcome_credits: int


def request_link(*, email: str, browser_key: str, network_hash: str, next_path: str, site_url: str) -> None:
    """Mails a link and a code to the address, which kill those mailed before. An unknown address becomes a user.

    The answer is the same for every address. Raises RATE_LIMITED, or SERVICE_UNAVAILABLE when the mail cannot be sent.
    """
    link, secrets = _write_link(email, browser_key, network_hash, next_path, at=timezone.now())
    if not link.user.is_active:
        return
    try:
        send_sign_in(to=link.user.email, secrets=secrets, site_url=site_url)
    except OSError as error:
        link.delete()  # what never went out counts for no limit
        logger.error("A sign-in mail could not be sent", extra={"code": type(error).__name__})
        raise AppError(
            "SERVICE_UNAVAILABLE", _("We cannot send mails just now. Please try again soon.")
        ) from None


@transaction.atomic
def _write_link(
    email: str, browser_key: str, network_hash: str, next_path: str, *, at: datetime
) -> tuple[SignInLink, Secrets]:
    limits.check_mails(email=email, network_hash=network_hash, at=at)
    user = User.objects.with_email(email) or User.objects.create_user(email)
    SignInLink.objects.open(at=at).filter(user=user).update(expires_at=at)
    link, secrets = links.new_link(
        user, browser_key=browser_key, network_hash=network_hash, next_path=next_path, at=at
    )
    link.save(force_insert=True)
    return link, secrets


def look_at(*, token: str) -> SignInLink:
    """The link of a mailed token, untouched. Raises GONE when it no longer signs in."""
    rows = SignInLink.objects.open(at=timezone.now()).select_related("user")
    link = rows.filter(token_hash=links.hash_of(token)).first()
    if link is None or not links.is_genuine(link, token):
        raise _gone()
    return link


def redeem_token(*, token: str, browser_key: str, anonymous_key: str) -> SignedIn:
    """Signs in by the mailed link, once and only in the browser that asked. Raises GONE, or FORBIDDEN elsewhere."""
    link = look_at(token=token)
    if not links.is_browser_of(link, browser_key):
        raise AppError("FORBIDDEN", _("Please sign in where you asked for the mail."))
    at = timezone.now()
    return _redeem(SignInLink.objects.open(at=at), link, anonymous_key=anonymous_key, at=at)


def redeem_code(*, code: str, browser_key: str, anonymous_key: str) -> SignedIn:
    """Signs in by the mailed code: five tries, in the browser that asked.

    Raises VALIDATION_ERROR on a wrong code, GONE when there is no link (any more) that it could belong to.
    """
    link = waiting_link(browser_key)
    if link is None or not _count_try(link):
        raise _gone()
    if not links.is_code_of(link, code):
        link.refresh_from_db(fields=["code_tries"])
        raise _wrong_code(SignInLink.MOST_CODE_TRIES - link.code_tries)
    at = timezone.now()
    return _redeem(SignInLink.objects.filter(expires_at__gt=at), link, anonymous_key=anonymous_key, at=at)


def waiting_link(browser_key: str) -> SignInLink | None:
    """The newest link that this browser can still sign in with."""
    if not browser_key:
        return None
    rows = SignInLink.objects.open(at=timezone.now()).filter(browser_hash=links.hash_of(browser_key))
    return rows.select_related("user").order_by("-created_at").first()


def _count_try(link: SignInLink) -> bool:
    # Counted before the code is compared, so that simultaneous guesses cannot share one try.
    is_open = SignInLink.objects.open(at=timezone.now()).filter(pk=link.pk)
    return is_open.update(code_tries=F("code_tries") + 1) == 1


@transaction.atomic
def _redeem(rows: SignInLinkQuerySet, link: SignInLink, *, anonymous_key: str, at: datetime) -> SignedIn:
    from generations.actions import adopt_photos  # generations stands on accounts; only this act goes back

    user = link.user
    # One statement decides who was first; every other click finds nothing to update. It names columns of this table
    # only: PostgreSQL does not look again at a join's subquery after waiting, and all clicks would win.
    if not user.is_active or rows.filter(pk=link.pk, used_at=None).update(used_at=at) != 1:
        raise _gone()
    is_first = User.objects.filter(pk=user.pk, verified_at=None).update(verified_at=at) == 1
    welcome = grant_welcome(user=user) if is_first else None
    adopt_photos(user=user, anonymous_key=anonymous_key)
    return SignedIn(user, link.next_path, is_first, welcome.amount if welcome else 0)


def remove_stale(at: datetime) -> dict[str, int]:
    """Deletes links and mail files older than 24 hours, and people who asked for a link but never came.

    Returns how many of each. People with photos or jobs stay, and so do those who asked again in the last 24 hours.
    """
    moment = at - STALE_AFTER
    return {**_remove_rows(moment), "mails": mail_folder.remove_older_than(moment)}


@transaction.atomic
def _remove_rows(moment: datetime) -> dict[str, int]:
    _all, links_gone = SignInLink.objects.filter(created_at__lt=moment).delete()
    strangers = User.objects.filter(verified_at=None, is_staff=False, is_active=True, date_joined__lt=moment)
    _all, people_gone = strangers.filter(
        sign_in_links=None, assets=None, jobs=None, credit_account=None
    ).delete()
    return {
        "links": links_gone.get("accounts.SignInLink", 0),
        "people": people_gone.get("accounts.User", 0),
    }


@transaction.atomic
def make_staff(*, email: str) -> User:
    """Makes or promotes a superuser; it still takes a mail to sign in."""
    user = User.objects.with_email(email) or User.objects.create_user(email)
    user.is_staff = user.is_superuser = user.is_active = True
    user.save(update_fields=["is_staff", "is_superuser", "is_active"])
    AuditEntry.objects.create(subject=user, action="make_staff", details={"by": "command"})
    return user


def _gone() -> AppError:
    return AppError("GONE", _("This mail no longer signs you in. Please ask for a new one."))


def _wrong_code(left: int) -> AppError:
    if left <= 0:
        return AppError("GONE", _("That was not the code, five times. Please ask for a new mail."))
    sentence = ngettext(
        "That is not the code. You can try once more.",
        "That is not the code. You can try %(left)d more times.",
        left,
    )
    message = sentence % {"left": left}
    return AppError("VALIDATION_ERROR", message, details={"code": [message]})
