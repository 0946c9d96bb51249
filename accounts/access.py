"""Who may open a page, and see which row: decorators, the request they promise, and where to go afterwards."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import ApiKey, BrowserSession, User
from config.errors import AppError

Args = ParamSpec("Args")
Row = TypeVar("Row", bound=Model)
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


def staff(
    view: Callable[Concatenate[SignedInRequest, Args], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """For staff, with their second factor shown or not; others are told that it is not theirs."""

    @signed_in
    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if not request.user.is_staff:
            raise not_staff()
        return view(request, *args, **kwargs)

    return guarded


def not_staff() -> AppError:
    return AppError("FORBIDDEN", _("This part of the site is for our team."))


def get_row(rows: QuerySet[Row], row_id: UUID | str, *, field: str = "pk") -> Row:
    """The one of these rows with this id. Raises NOT_FOUND, also for an id that is none."""
    row = rows.filter(**{field: row_id}).first() if is_uuid(row_id) else None
    if row is None:
        raise not_there()
    return row


def get_rows(rows: QuerySet[Row], row_ids: Sequence[UUID | str]) -> list[Row]:
    """Those of these rows, one for each id in its order, as often as it is named. Raises NOT_FOUND when one is missing."""
    ids = [UUID(str(row_id)) for row_id in row_ids if is_uuid(row_id)]
    found = {row.pk: row for row in rows.filter(pk__in=ids)}
    if len(ids) < len(row_ids) or not found.keys() >= set(ids):
        raise not_there()
    return [found[row_id] for row_id in ids]


def not_there() -> AppError:
    return AppError("NOT_FOUND", _("We cannot find that here."))


def get_key(user: User, key_id: UUID | str) -> ApiKey:
    return get_row(ApiKey.objects.filter(user=user), key_id)


def get_browser(user: User, browser_id: UUID | str) -> BrowserSession:
    return get_row(BrowserSession.objects.filter(user=user), browser_id)


def is_uuid(row_id: UUID | str) -> bool:
    try:
        UUID(str(row_id))
    except ValueError:
        return False
    return True


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
