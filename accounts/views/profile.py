"""The profile of whoever is signed in."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, signed_in
from accounts.forms import ProfileForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """Shows and saves name, language and paper."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "accounts/account.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/account.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    form.save()
    messages.success(request, _("Saved."))
    return _with_language(redirect("accounts:account"), form.cleaned_data["language"])


def _with_language(response: HttpResponse, language: str) -> HttpResponse:
    """Django reads the language from this cookie; without it, from what the browser says."""
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
