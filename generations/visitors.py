"""Who brings a photo: a user, or before signing in a visitor, known by a random key in the session and counted by a
keyed hash of the network address.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

SESSION_KEY = "visitor"


@dataclass(frozen=True)
class Bringer:
    """A user, or else a visitor. The key is 64 hex digits, or empty for someone who has brought nothing yet."""

    user: User | None = None
    anonymous_key: str = ""
    network_hash: str = ""

    @property
    def owner(self) -> dict[str, object]:
        """The owner's columns of a row."""
        return {"user": self.user} if self.user else {"anonymous_key": self.anonymous_key}

    @property
    def folder(self) -> UUID:
        """Names the owner in keys: a user's id as it is; a visitor's key cut down to the same shape."""
        return self.user.pk if self.user else UUID(self.anonymous_key[:32])


def bringer_of(request: HttpRequest, user: User | None) -> Bringer:
    """`user` when there is one, else the browser's visitor."""
    if user:
        return Bringer(user=user)
    return Bringer(anonymous_key=anonymous_key(request), network_hash=network_hash(request))


def who_asks(request: HttpRequest) -> Bringer:
    """Of a page: the signed-in user, else the browser's visitor."""
    return bringer_of(request, request.user if isinstance(request.user, User) else None)


def anonymous_key(request: HttpRequest) -> str:
    """The visitor's key as stored with photos: 64 hex digits, or empty for someone who has chosen none yet."""
    raw = request.session.get(SESSION_KEY, "")
    return hashlib.sha256(raw.encode()).hexdigest() if raw else ""


def ensure_anonymous_key(request: HttpRequest) -> str:
    """The visitor's key, made when missing."""
    if SESSION_KEY not in request.session:
        request.session[SESSION_KEY] = secrets.token_urlsafe(24)
    return anonymous_key(request)


def client_address(request: HttpRequest) -> str:
    """The address as the outermost of our own proxies saw it; what a client writes into the header itself is ignored."""
    if not settings.TRUSTED_PROXIES:
        return request.META["REMOTE_ADDR"]
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    hops.append(request.META["REMOTE_ADDR"])
    return hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)]


def network_hash(request: HttpRequest) -> str:
    """HMAC-SHA256 of the client's address as hex: enough to count by, not to find anyone."""
    return hmac.new(
        settings.SECRET_KEY.encode(), client_address(request).encode(), hashlib.sha256
    ).hexdigest()
