"""Who calls the API: a personal key, or the browser's session with its CSRF token for everything that writes."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer, SessionAuth

from accounts.actions.api_keys import key_of
from accounts.models import ApiKey, User
from accounts.second_factor import is_shown
from config.errors import AppError

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class CsrfCheck(CsrfViewMiddleware):
    """Django's check without the page that tells about it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


class Key(HttpBearer):
    """`Authorization: Bearer <key>`: the key, or None (401). Raises AppError FORBIDDEN when it may only read.

    No CSRF token is asked for: no browser sends this header by itself. The session is not even looked at.
    """

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = key_of(secret=token, at=timezone.now())
        if key and key.scope == ApiKey.Scope.READ and request.method not in SAFE_METHODS:
            raise AppError("FORBIDDEN", _("This key may only read."))
        return key


class Session(SessionAuth):
    """The signed-in user, or None (401). Raises AppError FORBIDDEN when a writing call lacks the CSRF token.

    An Authorization header means "a key only": it never falls back to the cookie, or a page of somebody else's could
    borrow a session by sending nonsense as a key.
    """

    def __call__(self, request: HttpRequest) -> User | None:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        check_csrf(request)
        return request.user


class Visitor(SessionAuth):
    """A browser that has not signed in, or None (401). Raises AppError FORBIDDEN as `Session` does."""

    def __call__(self, request: HttpRequest) -> AnonymousUser | None:
        if "Authorization" in request.headers or request.user.is_authenticated:
            return None
        check_csrf(request)
        return AnonymousUser()


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
    """Who calls an operation that `Key` or `Session` has let in."""
    auth: ApiKey | User = request.auth  # type: ignore[attr-defined]  # set by the framework
    return auth.user if isinstance(auth, ApiKey) else auth


def caller_if_known(request: HttpRequest) -> User | None:
    """Who calls an operation that lets a `Visitor` in as well; None for a visitor."""
    is_visitor = isinstance(request.auth, AnonymousUser)  # type: ignore[attr-defined]  # set by the framework
    return None if is_visitor else caller(request)


def check_staff(request: HttpRequest) -> None:
    """Raises AppError FORBIDDEN for all but staff who have shown their second factor: in this session, or before they
    made this key.
    """
    auth = request.auth  # type: ignore[attr-defined]
    shown = auth.with_second_factor if isinstance(auth, ApiKey) else is_shown(request)
    if not (caller(request).is_staff and shown):
        raise AppError("FORBIDDEN", _("This is for staff who have shown their second factor."))
