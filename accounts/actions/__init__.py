"""The verbs of people: signing in, keys, browsers and the second factor. Keyword-only; what writes is one transaction."""

from accounts.actions.api_keys import make_key, revoke_key
from accounts.actions.photo_consent import allow_photos, keep_photos_here
from accounts.actions.sign_in import (
    SignedIn,
    look_at,
    make_staff,
    redeem_code,
    redeem_token,
    remove_stale,
    request_link,
    waiting_link,
)

__all__ = [
    "SignedIn",
    "allow_photos",
    "keep_photos_here",
    "look_at",
    "make_key",
    "make_staff",
    "redeem_code",
    "redeem_token",
    "remove_stale",
    "request_link",
    "revoke_key",
    "waiting_link",
]
