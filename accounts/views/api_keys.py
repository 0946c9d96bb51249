"""The API keys of whoever is signed in."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, get_key, signed_in
from accounts.actions import make_key, revoke_key
from accounts.forms import KeyForm
from accounts.models import ApiKey
from accounts.second_factor import is_shown
from config.errors import AppError

PAGE = "accounts/keys.html"


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: SignedInRequest) -> HttpResponse:
    """Shows the keys and makes one, which is on the answering page and nowhere else afterwards."""
    form = KeyForm(request.POST or None)
    status, secret = int(HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK), ""
    if form.is_valid():
        status, secret = _make(request, form)
    own = ApiKey.objects.filter(user=request.user).order_by("-created_at")
    context = {"form": KeyForm() if secret else form, "keys": own, "secret": secret}
    return render(request, PAGE, context, status=status)


def _make(request: SignedInRequest, form: KeyForm) -> tuple[int, str]:
    """The status of the answer and the new key, "" when it was refused; the form says why."""
    try:
        new = make_key(
            user=request.user,
            name=form.cleaned_data["name"],
            scope=form.cleaned_data["scope"],
            lives=form.lifetime(),
            with_second_factor=is_shown(request),
        )
    except AppError as error:
        form.add_error("name" if error.details else None, error.message)
        return error.status, ""
    return HTTPStatus.CREATED, new.secret


@signed_in
@require_POST
def remove(request: SignedInRequest, key_id: str) -> HttpResponse:
    """Revokes a key."""
    revoke_key(key=get_key(request.user, key_id))
    messages.success(request, _("The key is gone and opens nothing any more."))
    return redirect("accounts:keys")
