"""Who a visitor is before signing in: a random key in the session, and a keyed hash of the network address."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "visitor"


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
