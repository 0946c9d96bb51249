"""Who may open a page: decorators, the request they promise, and the check on where to go afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User

Args = ParamSpec("Args")
NEXT_MAX_LENGTH = 200


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[SignedInRequest, Args], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """Sends visitors to the sign-in page, which brings them back to where they were."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the line above makes it one
        return to_sign_in(request)

    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """A redirect to the sign-in page; an htmx fragment makes the whole page go there."""
    address = reverse("accounts:sign_in")
    if came_from := safe_path(_page_of(request)):
        address = f"{address}?{urlencode({'next': came_from})}"
    return HttpResponseClientRedirect(address) if _is_fragment(request) else redirect(address)


def safe_path(path: str) -> str:
    """The path itself when it leads to a page of ours, else "".

    "//evil", "/\\evil", "https:evil", "javascript:..." and paths with control characters, which browsers drop, do not.
    """
    is_ours = path.startswith("/") and path.isprintable() and len(path) <= NEXT_MAX_LENGTH
    return path if is_ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def after_sign_in(next_path: str) -> str:
    """Where to go: the page that was asked for, or the library."""
    return safe_path(next_path) or resolve_url("generations:library")


def _is_fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _page_of(request: HttpRequest) -> str:
    if _is_fragment(request):
        return getattr(request, "htmx").current_url_abs_path or ""  # noqa: B009  # set by django-htmx's middleware
    return request.get_full_path() if request.method in ("GET", "HEAD") else ""
