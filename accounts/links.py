"""The secrets of a sign-in mail. django-sesame makes and checks the token; we keep only hashes of it and of the code."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from sesame.utils import get_token, get_user

from accounts.models import SignInLink, User

CODE_DIGITS = 6


@dataclass(frozen=True)
class Secrets:
    """What only the mail holds: the token of the link, and a code of six digits."""

    token: str
    code: str


def new_link(
    user: User, *, browser_key: str, network_hash: str, next_path: str, at: datetime
) -> tuple[SignInLink, Secrets]:
    """A link, not yet saved, with its secrets."""
    link_id = uuid.uuid4()
    token = get_token(user, scope=_scope(link_id))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    link = SignInLink(
        id=link_id,
        user=user,
        token_hash=hash_of(token),
        code_hash=_code_hash(link_id, code),
        browser_hash=hash_of(browser_key),
        network_hash=network_hash,
        next_path=next_path,
        created_at=at,
        expires_at=at + settings.SIGN_IN_LINK_AGE,
    )
    return link, Secrets(token, code)


def hash_of(secret: str) -> str:
    """SHA-256 as hex: for secrets too long to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_genuine(link: SignInLink, token: str) -> bool:
    """Whether we made this token for this link, its user may sign in, and it is younger than ten minutes."""
    user = get_user(token, scope=_scope(link.id), update_last_login=False)
    return user is not None and user.pk == link.user_id


def is_code_of(link: SignInLink, code: str) -> bool:
    return constant_time_compare(link.code_hash, _code_hash(link.id, code))


def is_browser_of(link: SignInLink, browser_key: str) -> bool:
    """Whether this is the browser that asked for the link."""
    return bool(browser_key) and hmac.compare_digest(link.browser_hash, hash_of(browser_key))


def _scope(link_id: uuid.UUID) -> str:
    # A scope of its own keeps two tokens of the same second apart and makes tokens of other purposes worthless here.
    return f"sign-in:{link_id}"


def _code_hash(link_id: uuid.UUID, code: str) -> str:
    # Keyed: a plain hash of six digits is undone by trying them all.
    return salted_hmac("accounts.sign-in-code", f"{link_id}:{code}", algorithm="sha256").hexdigest()
