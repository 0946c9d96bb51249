"""Who calls the API: the browser's session, with its CSRF token for everything that writes."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from ninja.security import SessionAuth

from accounts.models import User
from config.errors import AppError


class CsrfCheck(CsrfViewMiddleware):
    """Django's check without the page that tells about it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


class Session(SessionAuth):
    """The signed-in user, or None (401). Raises AppError FORBIDDEN when a writing call lacks the CSRF token.

    An Authorization header means "a key only": it never falls back to the cookie, or a page of somebody else's could
    borrow a session by sending nonsense as a key.
    """

    def __call__(self, request: HttpRequest) -> User | None:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        check_csrf(request)
        return caller(request)


def check_csrf(request: HttpRequest) -> None:
    """Raises AppError FORBIDDEN unless the call is a safe one or brings the session's token."""
    check = CsrfCheck(_nothing)
    request.csrf_processing_done = False  # type: ignore[attr-defined]  # the framework exempts its views
    check.process_request(request)
    if check.process_view(request, _nothing, (), {}) is not None:
        raise AppError("FORBIDDEN", _("The CSRF token is missing or too old: please load the page again."))


def _nothing(_request: HttpRequest) -> HttpResponse:
    """The check is made to stand before a view; here it stands alone."""
    return HttpResponse()


def caller(request: HttpRequest) -> User:
    """Who calls an operation that `Session` has let in."""
    assert isinstance(request.user, User)
    return request.user
