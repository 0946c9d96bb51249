"""Whether the site and its visitor are on the same machine, and what follows: mailed links and the mailbox."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# A proxy on the same machine comes from the loopback address too; these headers give it away.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def site_url(request: HttpRequest) -> str:
    """Where a mailed link leads: PUBLIC_URL, never what the Host header says.

    Only while PUBLIC_URL is the loopback default, a loopback Host is believed, for the sake of its port.
    """
    if _is_public_url_loopback() and _has_loopback_host(request):
        return f"{request.scheme}://{request.get_host()}"
    return settings.PUBLIC_URL


def is_mailbox_open(request: HttpRequest) -> bool:
    """Whether mails go to files and both ends, and the site's own address, are loopback."""
    return (
        settings.MAIL_GOES_TO_FILES
        and _is_public_url_loopback()
        and request.META["REMOTE_ADDR"] in LOOPBACK
        and _has_loopback_host(request)
        and not any(name in request.headers for name in FORWARDED)
    )


def _is_public_url_loopback() -> bool:
    return urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK


def _has_loopback_host(request: HttpRequest) -> bool:
    return urlsplit(f"//{request.get_host()}").hostname in LOOPBACK
