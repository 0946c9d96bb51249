"""The second factor in a request: whether it was shown, and noting that it was."""

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django_otp import login
from django_otp.models import Device

from accounts import sessions
from accounts.models import User

SECRET_KEY = "second_factor_secret"  # noqa: S105  # a name in the session, where it waits for the app's first code


def is_shown(request: HttpRequest) -> bool:
    """Whether this session has shown the second factor; False for visitors and for those who have none."""
    return request.user.is_authenticated and getattr(request.user, "is_verified")()  # noqa: B009  # set by django-otp


def note_shown(request: HttpRequest, user: User, device: Device) -> None:
    """The session has shown it from now on, under a new key and for as long as one of staff lasts."""
    request.session.pop(SECRET_KEY, None)
    login(request, device)
    sessions.rotate(request, user)


def qr_code(text: str) -> SafeString:
    """An SVG without styles or scripts of its own, black on white whatever the theme, with its quiet zone."""
    code = segno.make(text, micro=False)
    drawn = code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308  # numbers only: segno draws, it does not write the text
